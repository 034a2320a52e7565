import { ERRORS, type ErrorCode } from '../../shared/errors/registry';
import type { ErrorWords } from './errors-es';

const SAFE = 'What was sold is still saved on this terminal.';

/** In English the registry's own words serve. */
export const errorsEn = Object.fromEntries(
  Object.entries(ERRORS).map(([code, { meaning, remedy }]) => [
    code,
    { title: meaning, safe: SAFE, action: remedy },
  ]),
) as Record<ErrorCode, ErrorWords>;
