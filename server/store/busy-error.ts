import { AppError } from '../../shared/errors/app-error';

/** Codes by which SQLite, PostgreSQL and the way there say: not now, or no room. Nothing was acknowledged (F30). */
const BUSY =
  /SQLITE_(BUSY|FULL|IOERR|LOCKED|READONLY|CANTOPEN)|^(08...|53...|57P..|57014|55P03|25006|25P0[34]|40001|40P01)$|^(ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;

/** What PostgreSQL's driver says of a connection that broke or never came: it gives these errors no code. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (has encountered|was closed)|Cannot use a pool)/;

/** The database undid the whole transaction by itself, and doing it again may succeed. */
const UNDONE = /^(40001|40P01)$/;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** Whether a transaction that ended like this is certainly undone, and worth doing again at once. */
export const isUndone = (error: unknown): boolean => UNDONE.test(codeOf(error));

/** PostgreSQL keeps no NUL in a text: whoever sent one where it was looked for sent no name of anything. */
const NO_TEXT = '22021';

/** What a database threw, as AppError: STORE_BUSY where a later try may succeed, BAD_REQUEST, else INTERNAL. */
export function storeError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (code === NO_TEXT) return new AppError('BAD_REQUEST', {}, { cause: error });
  const isLost = code === '' && error instanceof Error && LOST.test(error.message);
  const name = isLost || BUSY.test(code) ? 'STORE_BUSY' : 'INTERNAL';
  return new AppError(name, { code }, { cause: error });
}
