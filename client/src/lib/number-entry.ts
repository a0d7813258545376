// A number as people type it, read exactly: an illegal value is reported, never rounded or cut to a legal one.

export type NumberEntry =
  | { readonly kind: 'empty' }
  | { readonly kind: 'illegal' }
  | { readonly kind: 'value'; readonly hundredths: number };

/** Bounds and step in hundredths; without a step every hundredth is legal. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly step?: number;
}

const illegal: NumberEntry = { kind: 'illegal' };

/**
 * Reads `7.5`, `7,5`, `-3` and `7.50`. No exponents and no thousands: of `1,000` nobody can tell whether it is a thousand or one.
 */
export function readNumber(text: string, { least, most, step = 1 }: NumberRange): NumberEntry {
  const typed = text.trim().replace('\u2212', '-');
  if (typed === '') return { kind: 'empty' };
  const parts = /^([+-]?)(\d{0,9})(?:[.,](\d*))?$/.exec(typed);
  if (!parts) return illegal;
  const [, sign, whole = '', decimals = ''] = parts;
  if (whole === '' && decimals === '') return illegal;
  if (typed.includes(',') ? decimals.length > 2 : /[^0]/.test(decimals.slice(2))) return illegal;
  const size = Number(whole) * 100 + Number(decimals.slice(0, 2).padEnd(2, '0'));
  const hundredths = sign === '-' ? -size : size;
  const isLegal = hundredths >= least && hundredths <= most && (hundredths - least) % step === 0;
  return isLegal ? { kind: 'value', hundredths: hundredths + 0 } : illegal;
}

/** The legal value one step up or down; from nothing the first of the range. */
export function stepFrom(from: number | null, by: 1 | -1, { least, most, step = 1 }: NumberRange): number {
  if (from === null) return least;
  const next = from + by * step;
  return next < least || next > most ? from : next;
}
