import { describe, expect, it } from 'vitest';
import { type AddressRange, parseRange } from '../address-range.ts';
import { callerAddress, networkOf } from './address.ts';

const ranges = (...texts: string[]): AddressRange[] =>
  texts.map((text) => {
    const range = parseRange(text);
    if (!range) throw new Error(`${text} is not a range`);
    return range;
  });
const from = (remoteAddress: string, headers: Record<string, string>, ...trusted: string[]) =>
  callerAddress({ headers, socket: { remoteAddress } }, ranges(...trusted));
const list = (text: string) => ({ 'x-forwarded-for': text });

describe("the caller's address", () => {
  it('[P1] is the connection’s where no proxy is trusted, whatever headers say', () => {
    const claims = { ...list('192.0.2.1'), forwarded: 'for=192.0.2.2', 'x-real-ip': '192.0.2.3' };
    expect(from('198.51.100.9', claims)).toBe('198.51.100.9');
    expect(from('127.0.0.1', claims)).toBe('127.0.0.1');
  });

  it('[P1] is the connection’s where it is not the proxy’s', () => {
    expect(from('198.51.100.9', list('192.0.2.1'), '127.0.0.1')).toBe('198.51.100.9');
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    // What the caller claimed stands before what the proxy added.
    ['10.0.0.1, 6.6.6.6, 192.0.2.1', '192.0.2.1'],
    ['127.0.0.1,192.0.2.1', '192.0.2.1'],
    // A second trusted proxy is passed over.
    ['6.6.6.6, 192.0.2.1, 10.0.0.7', '192.0.2.1'],
    ['10.0.0.8, 10.0.0.7', '10.0.0.8'],
    ['192.0.2.1:5678', '192.0.2.1'],
    ['[2001:db8::1]:5678', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:C000:201', '192.0.2.1'],
    // Not an address: the proxy itself is the caller, not what stands before.
    ['192.0.2.1, unknown', '127.0.0.1'],
    ['192.0.2.1, ', '127.0.0.1'],
    ['192.0.2.1, 0300.0.2.1.5', '127.0.0.1'],
    ['192.0.2.1, 7', '127.0.0.1'],
    ['', '127.0.0.1'],
  ])('[P1] behind a trusted proxy X-Forwarded-For "%s" means %s', (text, address) => {
    expect(from('127.0.0.1', list(text), '127.0.0.1/32', '10.0.0.0/8')).toBe(address);
    expect(from('::ffff:127.0.0.1', list(text), '127.0.0.1/32', '10.0.0.0/8')).toBe(address);
  });

  it.each([
    ['for=192.0.2.1', '192.0.2.1'],
    ['for=6.6.6.6, for=192.0.2.1;proto=https', '192.0.2.1'],
    ['For="[2001:db8::1]:47011"', '2001:db8::1'],
    ['for=192.0.2.1;host="evil, for=6.6.6.6"', '192.0.2.1'],
    ['for=192.0.2.1, for=_hidden', '127.0.0.1'],
    ['for=192.0.2.1, proto=https', '127.0.0.1'],
    ['for="192.0.2.1', '127.0.0.1'],
  ])('[P1] behind a trusted proxy Forwarded "%s" means %s', (forwarded, address) => {
    expect(from('127.0.0.1', { forwarded }, '127.0.0.1')).toBe(address);
  });
});

describe('a range', () => {
  it('[P1] is an address or a CIDR, IPv4 written as IPv6 too', () => {
    const text = (given: string) => {
      const range = parseRange(given);
      return range && `${range[0].toString()}/${range[1]}`;
    };
    expect(text('127.0.0.1')).toBe('127.0.0.1/32');
    expect(text('10.0.0.0/8')).toBe('10.0.0.0/8');
    expect(text('::1')).toBe('::1/128');
    expect(text('::ffff:10.0.0.0/104')).toBe('10.0.0.0/8');
    for (const wrong of [
      '',
      'localhost',
      '10.0.0.0/33',
      '10/8',
      '10.0.0.0/',
      '::1/129',
      '::ffff:10.0.0.0/8',
      '1.2.3.4/8/9',
      '10.0.0.0/-1',
    ])
      expect([wrong, parseRange(wrong)]).toEqual([wrong, null]);
  });
});

describe('what limits count by', () => {
  it('[P1] is an IPv4 address whole, and of an IPv6 address its /64', () => {
    expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
    expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(networkOf('2001:db8:1:2:ffff::')).toBe('2001:db8:1:2::/64');
    expect(networkOf('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
    expect(networkOf(undefined)).toBe('unknown');
  });
});
