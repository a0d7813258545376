import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownCertificate } from './certificate.ts';

const names = ['localhost', '127.0.0.1', '::1', '192.168.1.20', 'attune.example.org'];
const now = new Date('2026-03-02T10:00:00Z');
const days = (n: number) => new Date(now.getTime() + n * 24 * 60 * 60 * 1000);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attune-certificate-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('ownCertificate', () => {
  it('[J1] names every way to the server, may be used for nothing else, and its key is its owner’s alone', async () => {
    const made = await ownCertificate(folder, names, now);
    const read = new X509Certificate(made.cert);
    expect(made.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(read.ca).toBe(false);
    expect([read.checkHost('localhost'), read.checkHost('other.example.org')]).toEqual([
      'localhost',
      undefined,
    ]);
    for (const ip of ['127.0.0.1', '::1', '192.168.1.20']) expect(read.checkIP(ip)).toBe(ip);
    expect(read.verify(read.publicKey)).toBe(true);
    expect((await stat(path.join(folder, 'https.key'))).mode & 0o777).toBe(0o600);
    expect(made.cert).not.toContain('PRIVATE');
  });

  it('[J1] is kept from start to start, and while the names are among its own', async () => {
    const first = await ownCertificate(folder, names, now);
    expect(await ownCertificate(folder, names, days(300))).toEqual(first);
    expect(await ownCertificate(folder, names.slice(1), now)).toEqual(first);
    expect(await readFile(path.join(folder, 'https.crt'), 'utf8')).toBe(first.cert);
  });

  it('[J1] is made again before it ends, and when the machine has another name', async () => {
    const first = await ownCertificate(folder, names, now);
    const later = await ownCertificate(folder, names, days(380));
    expect(later.fingerprint).not.toBe(first.fingerprint);
    expect(Date.parse(new X509Certificate(later.cert).validTo)).toBeGreaterThan(days(700).getTime());
    const moved = await ownCertificate(folder, [...names, '10.0.0.7'], days(380));
    expect(moved.fingerprint).not.toBe(later.fingerprint);
    expect(new X509Certificate(moved.cert).checkIP('10.0.0.7')).toBe('10.0.0.7');
  });

  it('[J1] what is spoilt, or does not fit its key, is made again', async () => {
    const first = await ownCertificate(folder, names, now);
    await writeFile(path.join(folder, 'https.crt'), 'cut sho');
    const second = await ownCertificate(folder, names, now);
    expect(second.fingerprint).not.toBe(first.fingerprint);
    await writeFile(path.join(folder, 'https.key'), first.key);
    expect((await ownCertificate(folder, names, now)).fingerprint).not.toBe(second.fingerprint);
  });

  it('[J1] says what to do where the folder cannot be written', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    await expect(ownCertificate(path.join(file, 'below'), names, now)).rejects.toThrow(
      /^The certificate .*https\.crt and its key can be neither read nor made: .*leave HTTPS out\.$/,
    );
  });
});
