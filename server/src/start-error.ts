/**
 * The server cannot start, for a reason that the person at the terminal can mend. `message` is one sentence for that
 * person, shown without a stack; the process then ends with exit code 1.
 */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}
