// The certificate of HTTPS=self: made here, kept in the data folder, and made again when it is about to end or a name is missing.
// Nobody vouches for it, so its fingerprint is printed for people to compare; it changes as seldom as can be.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import type { Server } from 'node:https';
import { isIP } from 'node:net';
import path from 'node:path';
import { StartError } from '../start-error.ts';
import type { Logger } from './log.ts';

export interface OwnCertificate {
  readonly cert: string;
  readonly key: string;
  /** SHA-256 of the certificate, as browsers show it: pairs of hexadecimal digits with colons between. */
  readonly fingerprint: string;
}

const dayMs = 24 * 60 * 60 * 1000;
/** Longer ones are refused by some systems, even where a person trusts them. */
const lifeDays = 397;
/** Made again when fewer are left. */
const spareDays = 30;
const lookAgainMs = dayMs / 2;

/**
 * The kept certificate where it still serves these names, else a new one.
 * @param names host names and IP addresses, without brackets
 * @throws {StartError} where the files can be neither read nor made
 */
export async function ownCertificate(
  dataDir: string,
  names: readonly string[],
  now: Date,
): Promise<OwnCertificate> {
  const files = { cert: path.join(dataDir, 'https.crt'), key: path.join(dataDir, 'https.key') };
  try {
    const kept = await readKept(files);
    if (kept && serves(kept, names, now)) return kept;
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const made = await make(names, now);
    // The key first: a start that is cut short between the two finds a pair that does not fit, and makes another.
    await replace(files.key, made.key, 0o600);
    await replace(files.cert, made.cert, 0o644);
    return made;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `The certificate ${files.cert} and its key can be neither read nor made: ${reason}. Let this user write them, set DATA_DIR to a folder that can be written, or leave HTTPS out.`,
    );
  }
}

/** Makes the certificate again in time, as long as the server runs. @returns what ends that */
export function renewInTime(
  server: Server,
  first: OwnCertificate,
  again: () => Promise<OwnCertificate>,
  log: Logger,
): () => void {
  let current = first;
  const look = async () => {
    const next = await again();
    if (next.fingerprint === current.fingerprint) return;
    server.setSecureContext({ cert: next.cert, key: next.key });
    current = next;
    log.warn({ fingerprint: next.fingerprint }, 'the certificate was about to end and is a new one now');
  };
  const timer = setInterval(
    () => look().catch((error: unknown) => log.error({ error }, 'the certificate could not be renewed')),
    lookAgainMs,
  ).unref();
  return () => clearInterval(timer);
}

const fingerprintOf = (cert: string) => new X509Certificate(cert).fingerprint256;

async function readKept(files: { cert: string; key: string }): Promise<OwnCertificate | null> {
  const read = (file: string) =>
    readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
  const [cert, key] = await Promise.all([read(files.cert), read(files.key)]);
  if (cert === null || key === null) return null;
  try {
    const fits = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
    return fits ? { cert, key, fingerprint: fingerprintOf(cert) } : null;
  } catch {
    // Cut short, or not ours.
    return null;
  }
}

function serves({ cert }: OwnCertificate, names: readonly string[], now: Date): boolean {
  const read = new X509Certificate(cert);
  if (Date.parse(read.validFrom) > now.getTime()) return false;
  if (Date.parse(read.validTo) < now.getTime() + spareDays * dayMs) return false;
  return names.every((name) => (isIP(name) ? read.checkIP(name) : read.checkHost(name)) !== undefined);
}

async function make(names: readonly string[], now: Date): Promise<OwnCertificate> {
  // Heavy, and seldom needed.
  const { generate } = await import('selfsigned');
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Attune' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A device whose clock is a little slow takes it, too.
    notBeforeDate: new Date(now.getTime() - dayMs),
    notAfterDate: new Date(now.getTime() + (lifeDays - 1) * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  });
  return { cert, key, fingerprint: fingerprintOf(cert) };
}

/** Written beside, then moved into place: a reader finds the old one or the new one. */
async function replace(file: string, text: string, mode: number): Promise<void> {
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, text, { mode });
  await rename(beside, file);
}
