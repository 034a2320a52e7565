import { AppError } from '../../shared/errors/app-error';

/** Codes by which SQLite and PostgreSQL say: not now, or no room. Nothing was stored (F30). */
const BUSY = /SQLITE_(BUSY|FULL|IOERR|LOCKED|READONLY|CANTOPEN)|^(53|57P|08|40001|40P01)/;

/** What a database threw, as AppError: STORE_BUSY where a later try may succeed, else INTERNAL. */
export function storeError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return new AppError(BUSY.test(code) ? 'STORE_BUSY' : 'INTERNAL', { code }, { cause: error });
}
