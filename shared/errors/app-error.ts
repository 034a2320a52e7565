import { ERRORS, type ErrorCode } from './registry';

/** The only error that this code base throws on purpose: a code of the registry, and facts for the log. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(`${code}: ${ERRORS[code].meaning}`, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

/** The code of any thrown thing; what is not ours is a defect. */
export const errorCodeOf = (error: unknown): ErrorCode =>
  error instanceof AppError ? error.code : 'INTERNAL';
