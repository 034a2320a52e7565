import type { ErrorCode } from '../../shared/errors/registry';

/** What a login in place heals: the session is over, or a killed browser lost its cookies and the key stands in (F20). */
export const needsPassword = (code: ErrorCode): boolean =>
  code === 'SESSION_EXPIRED' || code === 'CREDENTIAL_LOST';
