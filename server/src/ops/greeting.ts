// What a start tells the person at the terminal: the address first, on a line of its own for scripts; then what to know of it.
import type { Reach } from '../reach.ts';

export interface Started {
  readonly url: string;
  readonly setUpLink: string | null;
  readonly reach: Pick<Reach, 'view' | 'byOthers'>;
  /** Whether one signs in by a click. */
  readonly demo: boolean;
  /** Of the certificate of our own making; `null` without one. */
  readonly fingerprint: string | null;
}

export function greeting({ url, setUpLink, reach, demo, fingerprint }: Started): string {
  const lines = [`Attune is ready at ${url}`];
  if (setUpLink !== null) lines.push(`Make the first administrator at ${setUpLink}`);
  if (fingerprint !== null) {
    lines.push(
      'Nobody vouches for its certificate, so browsers warn once. Go on where they show this SHA-256 fingerprint:',
      `  ${fingerprint}`,
    );
  }
  const { kind, mend } = reach.view;
  if (mend !== null) {
    lines.push(
      'Nobody else can open this address: it leads to this machine alone. To let others in, stop it, and start it with',
      `  ${mend.command}`,
    );
    lines.push(
      mend.addresses.length > 0
        ? `This machine’s own addresses: ${mend.addresses.join(', ')}`
        : 'This machine is not on a network just now: put the address it gets in place of ADDRESS.',
    );
  }
  if (kind === 'plain') {
    lines.push(
      'Not encrypted: whoever shares this network can read along. HTTPS=self mends that, or a proxy that speaks https.',
    );
  }
  if (demo && reach.byOthers)
    lines.push('Demo: anyone who opens it signs in as anyone, so nothing is sealed.');
  return `${lines.join('\n')}\n`;
}
