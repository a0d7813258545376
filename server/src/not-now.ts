/** What was asked cannot be done just now, and nothing has changed: answered as 503, to be tried again. */
export class NotNowError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NotNowError';
  }
}
