import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, publicOrigin, readConfig } from './config.ts';
import { repositoryFolder } from './paths.ts';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('[X6] needs no variable at all', () => {
    expect(readConfig({})).toEqual({
      port: 4400,
      host: '127.0.0.1',
      dataDir: path.join(repositoryFolder, 'data'),
      databaseUrl: null,
      https: null,
      demo: null,
      publicUrl: null,
      serverKey: null,
      logLevel: 'warn',
      metricsToken: null,
      trustedProxies: [],
    });
  });

  it('[X6] reads every variable, and takes an empty one as not set', () => {
    const config = readConfig({
      PORT: ' 8080 ',
      HOST: '::1',
      DATA_DIR: '/srv/attune/../attune',
      DATABASE_URL: 'postgres://me:secret@db:5433/attune',
      PUBLIC_URL: 'https://attune.example.org/',
      SERVER_KEY: 'ab'.repeat(32),
      HTTPS: 'self',
      DEMO: '0',
      LOG_LEVEL: 'INFO',
      METRICS_TOKEN: 'a-token-of-some-length',
      TRUSTED_PROXIES: '127.0.0.1, 10.1.0.0/16,fd00::/8',
    });
    expect(config).toMatchObject({
      port: 8080,
      host: '::1',
      dataDir: '/srv/attune',
      databaseUrl: 'postgres://me:secret@db:5433/attune',
      publicUrl: 'https://attune.example.org',
      https: 'self',
      demo: false,
      logLevel: 'info',
      metricsToken: 'a-token-of-some-length',
    });
    expect(config.trustedProxies.map(([first, bits]) => `${first.toString()}/${bits}`)).toEqual([
      '127.0.0.1/32',
      '10.1.0.0/16',
      'fd00::/8',
    ]);
    expect(config.serverKey).toEqual(new Uint8Array(32).fill(0xab));
    expect(readConfig({ PORT: '' }).port).toBe(4400);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('[X6] tells all problems at once, each with variable, value and remedy', () => {
    const problems = problemsOf({
      PORT: '99999',
      HOST: 'http://here',
      DATABASE_URL: 'mysql://me:secret@db/x',
      PUBLIC_URL: 'https://attune.example.org/path',
      SERVER_KEY: 'short',
      LOG_LEVEL: 'loud',
      METRICS_TOKEN: 'guess me',
      TRUSTED_PROXIES: '127.0.0.1 the-proxy',
    });
    expect(problems).toHaveLength(8);
    expect(problems[0]).toBe(
      'PORT is "99999", which is not a port: set a whole number from 0 to 65535, such as 4400.',
    );
    expect(problems[1]).toContain('HOST is "http://here"');
    expect(problems[2]).toContain('DATABASE_URL is "mysql://me:xxx@db/x"');
    expect(problems[3]).toContain('PUBLIC_URL is "https://attune.example.org/path"');
    expect(problems[4]).toContain('SERVER_KEY has 5 characters');
    expect(problems[5]).toContain('LOG_LEVEL is "loud"');
    expect(problems[6]).toContain('METRICS_TOKEN has 8 characters');
    expect(problems[7]).toBe(
      'TRUSTED_PROXIES has "the-proxy", which is not an address or a range: set the addresses of your proxies, such as 127.0.0.1, or ranges such as 10.1.2.0/24, with commas between them.',
    );
    expect(problems.join()).not.toContain('guess me');
    expect(problems.join()).not.toContain('secret');
  });

  it.each(['-1', '80.5', '4400x', '0x50', '1e3'])('[X6] refuses %s as PORT', (port) => {
    expect(problemsOf({ PORT: port })).toHaveLength(1);
  });

  it.each(['postgres:///attune', 'postgres://db', 'postgres://db/', 'not a url with secret in it'])(
    '[X6] refuses %s as DATABASE_URL',
    (url) => {
      const problems = problemsOf({ DATABASE_URL: url });
      expect(problems).toHaveLength(1);
      expect(problems[0]).not.toContain('secret');
    },
  );
});

describe('publicOrigin', () => {
  it.each([
    ['127.0.0.1', 'http://localhost:4400'],
    ['0.0.0.0', 'http://localhost:4400'],
    ['::', 'http://localhost:4400'],
    ['192.168.1.5', 'http://192.168.1.5:4400'],
    ['fe80::1', 'http://[fe80::1]:4400'],
  ])('[X6] shows HOST %s as %s', (host, origin) => {
    expect(publicOrigin(readConfig({ HOST: host }), 4400)).toBe(origin);
  });

  it('[J1] is https where the server speaks it by itself', () => {
    expect(publicOrigin(readConfig({ HTTPS: 'self' }), 4400)).toBe('https://localhost:4400');
  });

  it('[X6] is PUBLIC_URL where that is set', () => {
    expect(publicOrigin(readConfig({ PUBLIC_URL: 'https://a.example' }), 1)).toBe('https://a.example');
  });
});
