import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { isLoopback, type Listening, ownNetworks, reachOf } from './reach.ts';

const networks = ['192.168.1.20', '172.17.0.1'];
const listening: Listening = { port: 4400, address: '127.0.0.1', networks, platform: 'linux' };
const reach = (
  environment: Record<string, string>,
  over: Partial<Listening> = {},
  demo: boolean | null = true,
) => reachOf(readConfig(environment), { ...listening, ...over }, demo);

describe('reachOf', () => {
  it('[J1] nothing set: nobody else can open it, and the command that mends it has the machine’s own address', () => {
    expect(reach({}).view).toEqual({
      kind: 'this-machine',
      mend: {
        command: 'HOST=0.0.0.0 PUBLIC_URL=http://192.168.1.20:4400 DEMO=1 npm start',
        addresses: ['http://192.168.1.20:4400', 'http://172.17.0.1:4400'],
      },
    });
    expect(reach({}).byOthers).toBe(false);
  });

  it('[J1] the command keeps port, host, encryption and the kind of database', () => {
    const command = (...given: Parameters<typeof reach>) => reach(...given).view.mend?.command;
    expect(command({ HTTPS: 'self', PORT: '9000' }, { port: 9000 }, false)).toBe(
      'HOST=0.0.0.0 PORT=9000 HTTPS=self PUBLIC_URL=https://192.168.1.20:9000 DEMO=0 npm start',
    );
    expect(command({ HOST: '192.168.1.20', PUBLIC_URL: 'http://localhost:4400' }, {}, null)).toBe(
      'HOST=192.168.1.20 PUBLIC_URL=http://192.168.1.20:4400 npm start',
    );
    // Another folder would be another organisation.
    expect(command({ DATA_DIR: "/srv/attune's data" })).toContain(
      `DATA_DIR='/srv/attune'\\''s data' npm start`,
    );
    expect(command({}, { networks: [] })).toContain('PUBLIC_URL=http://ADDRESS:4400');
    expect(command({}, { networks: ['2001:db8::5'] })).toContain('PUBLIC_URL=http://[2001:db8::5]:4400');
    expect(command({}, { platform: 'win32' })).toBe(
      "$env:HOST='0.0.0.0'; $env:PUBLIC_URL='http://192.168.1.20:4400'; $env:DEMO='1'; npm start",
    );
  });

  it.each([
    [{ HOST: '0.0.0.0' }, '0.0.0.0', 'this-machine', true],
    [{ HOST: '192.168.1.20' }, '192.168.1.20', 'plain', true],
    [{ PUBLIC_URL: 'http://127.0.0.1:4400' }, '127.0.0.1', 'this-machine', false],
    [{ PUBLIC_URL: 'http://localhost' }, '127.0.0.1', 'this-machine', false],
    [{ PUBLIC_URL: 'http://attune.example.org' }, '127.0.0.1', 'plain', true],
    [{ PUBLIC_URL: 'https://attune.example.org' }, '127.0.0.1', 'encrypted', true],
    [{ PUBLIC_URL: 'https://localhost', HTTPS: 'self' }, '127.0.0.1', 'this-machine', false],
  ] as const)('[J1] %j on %s is %s', (environment, address, kind, byOthers) => {
    const found = reach(environment, { address });
    expect([found.view.kind, found.byOthers]).toEqual([kind, byOthers]);
    expect(found.view.mend === null).toBe(kind !== 'this-machine');
  });

  it.each([
    [{}, '127.0.0.1', true],
    [{ HOST: '0.0.0.0' }, '0.0.0.0', true],
    [{ HOST: '0.0.0.0', PUBLIC_URL: 'http://192.168.1.20:4400' }, '0.0.0.0', true],
    [{ HOST: '::', PUBLIC_URL: 'https://192.168.1.20:4400', HTTPS: 'self' }, '::', true],
    [{ HOST: 'office', PUBLIC_URL: 'http://office:4400' }, '192.168.1.20', true],
    // Something else speaks for us there: a proxy, or a port that is mapped.
    [{ PUBLIC_URL: 'https://attune.example.org' }, '127.0.0.1', false],
    [{ PUBLIC_URL: 'http://localhost:8080' }, '127.0.0.1', false],
    [{ PUBLIC_URL: 'https://localhost:4400' }, '127.0.0.1', false],
    [{ TRUSTED_PROXIES: '127.0.0.1' }, '127.0.0.1', false],
    [{ HOST: '0.0.0.0', PUBLIC_URL: 'http://192.168.1.99:4400' }, '0.0.0.0', false],
    [{ HOST: '192.168.1.20', PUBLIC_URL: 'http://localhost:4400' }, '192.168.1.20', false],
  ] as const)('[O6] %j on %s is this very socket: %s', (environment, address, isDirect) => {
    expect(reach(environment, { address }).isDirect).toBe(isDirect);
  });
});

describe('isLoopback', () => {
  it('[O6] knows the names of the machine itself, and no other', () => {
    for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '127.0.1.1', '::1', '[::1]'])
      expect([host, isLoopback(host)]).toEqual([host, true]);
    for (const host of ['0.0.0.0', '::', 'localhost.example.org', '127.example.org', '10.0.0.1', '[::2]', ''])
      expect([host, isLoopback(host)]).toEqual([host, false]);
  });
});

describe('ownNetworks', () => {
  it('[J1] names IPv4 first and container bridges last, and leaves out what leads nowhere', () => {
    const info = (address: string, family: 'IPv4' | 'IPv6', internal = false) =>
      ({ address, family, internal, netmask: '', mac: '', cidr: null, scopeid: 0 }) as const;
    const found = ownNetworks({
      lo: [info('127.0.0.1', 'IPv4', true), info('::1', 'IPv6', true)],
      docker0: [info('172.17.0.1', 'IPv4')],
      eth0: [info('fe80::1', 'IPv6'), info('2001:db8::5', 'IPv6'), info('192.168.1.20', 'IPv4')],
      usb0: [info('169.254.3.4', 'IPv4')],
    });
    expect(found).toEqual(['192.168.1.20', '2001:db8::5', '172.17.0.1']);
  });
});
