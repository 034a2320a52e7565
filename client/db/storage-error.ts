import { AppError } from '../../shared/errors/app-error';

/**
 * The AppError of what RxDB reports on `error$`. Errors of our own handlers never get here first, so what is left is
 * the terminal's storage: full, evicted, or defective.
 */
export function storageError(error: unknown): AppError {
  const text = `${String(error)} ${JSON.stringify(error)}`;
  return new AppError(/quota/i.test(text) ? 'STORAGE_FULL' : 'INTERNAL', {}, { cause: error });
}
