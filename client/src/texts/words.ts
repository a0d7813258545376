// Small words that many screens share.
export const words = {
  nOfM: (n: number, m: number) => `${n} of ${m}`,
  remove: (what: string) => `Remove ${what}`,
  copy: 'Copy',
  copied: 'Copied',
  n: (n: number) => `n = ${n}`,
} as const;
