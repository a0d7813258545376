// Which passwords are refused: what a guesser tries first. zxcvbn-ts holds the list of common ones and knows what is done to them
// (numbers behind, letters swapped, the whole twice); what it makes of the person's own names counts as common, too.
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** Fewer guesses than this (as a power of ten) find it: a billion, some hours for one stolen hash. */
const fewestGuessesLog10 = 9;
/** Looking further would cost more time than it tells. */
const mostLookedAt = 64;

export type PasswordFault = 'password-common' | 'password-own';

let loading: Promise<ZxcvbnFactory> | null = null;
const loadChecker = () => {
  loading ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]).then(
    ([{ ZxcvbnFactory: Factory }, { dictionary, adjacencyGraphs }]) =>
      new Factory({ dictionary, graphs: adjacencyGraphs }),
  );
  return loading;
};

/** Whom a password is for: everything of theirs that someone who knows them would try. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
  readonly organisation: string;
}

const partsOf = ({ email, name, organisation }: PasswordOwner) =>
  ['attune', email, name, organisation].flatMap((whole) => [
    whole,
    whole.replaceAll(/[^\p{L}\p{N}]+/gu, ''),
    ...whole.split(/[^\p{L}\p{N}]+/u).filter((part) => part.length > 2),
  ]);

/** Why the password cannot be taken, `null` where it can. Costs some 5 ms; 0.1 s the first time. */
export async function faultOfPassword(password: string, owner: PasswordOwner): Promise<PasswordFault | null> {
  const checker = await loadChecker();
  const { guessesLog10, sequence } = checker.check(password.slice(0, mostLookedAt), partsOf(owner));
  if (guessesLog10 >= fewestGuessesLog10) return null;
  const isOwn = sequence.some((match) => match.dictionaryName === 'userInputs');
  return isOwn ? 'password-own' : 'password-common';
}
