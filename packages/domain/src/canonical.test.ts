import { describe, expect, it } from 'vitest';
import { canonicalJson, fromHex, toHex } from './canonical.ts';

describe('canonical JSON, RFC 8785', () => {
  it('[X1] writes the example of section 3.2.2 and 3.2.3 byte for byte', () => {
    const given = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(given)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('[X1] sorts keys by UTF-16 code units, as the example of section 3.2.3', () => {
    const given = JSON.parse(String.raw`{
      "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis"
    }`);
    expect(Object.values(JSON.parse(canonicalJson(given)))).toHaveLength(7);
    expect(canonicalJson(given).match(/:"[^"]*"/g)).toEqual(
      [
        'Carriage Return',
        'One',
        'Control',
        'Latin Small Letter O With Diaeresis',
        'Euro Sign',
        'Emoji: Grinning Face',
        'Hebrew Letter Dalet With Dagesh',
      ].map((name) => `:"${name}"`),
    );
  });

  const doubles: readonly [string, string][] = [
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ];
  for (const [bits, expected] of doubles) {
    it(`[X1] number sample of appendix B: ${bits} is ${expected}`, () => {
      const value = new DataView(fromHex(bits).buffer as ArrayBuffer).getFloat64(0);
      expect(canonicalJson(value)).toBe(expected);
    });
  }

  it('[X1] refuses what JSON cannot say, rather than proving something else', () => {
    const bad = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      1n,
      undefined,
      () => 0,
      Symbol('x'),
      new Date(0),
      new Map(),
      '\ud800',
      { '\udc00': 1 },
    ];
    for (const value of bad) expect(() => canonicalJson(value), String(value)).toThrow(TypeError);
    expect(canonicalJson({ b: undefined, a: [undefined, ''] })).toBe('{"a":[null,""]}');
  });
});

it('[X1] hexadecimal goes there and back, and anything else is refused', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(fromHex(toHex(bytes))).toEqual(bytes);
  for (const bad of ['0', 'AB', 'zz', ' 00']) expect(() => fromHex(bad)).toThrow(RangeError);
});
