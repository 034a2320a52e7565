import { ERRORS, type ErrorCode } from '../../shared/errors/registry';
import type { ErrorWords } from './errors-es';

const KEPT = 'What was sold is still saved on this terminal.';
const NOTHING = 'Nothing was issued or changed.';
const words = (title: string, safe: string, action: string): ErrorWords => ({
  title,
  safe,
  action,
});
const DEFECT = words(
  'The server did not understand the request',
  KEPT,
  'Tell support, with the time.',
);

const operator: Partial<Record<ErrorCode, ErrorWords>> = {
  BAD_REQUEST: DEFECT,
  BAD_CHECKPOINT: DEFECT,
  TOO_DEEP: DEFECT,
  NOT_FOUND: words('It was not found', NOTHING, 'Try again from the list.'),
  UNKNOWN_COLLECTION: DEFECT,
  METHOD_NOT_ALLOWED: DEFECT,
  ID_MISMATCH: DEFECT,
  BODY_TOO_LARGE: words('Too much was sent at once', KEPT, 'Tell support.'),
  PROTOCOL_MISMATCH: words(
    'This terminal needs an update',
    KEPT,
    'Reload the page with a connection.',
  ),
  EPOCH_CHANGED: words('The server was restored', KEPT, 'Sync again: what it lacks is sent.'),
  TERMINAL_UNKNOWN: words(
    'The server does not know this terminal',
    KEPT,
    'Ask the owner for a new code.',
  ),
  SETUP_DONE: words(
    'This server has a store already',
    NOTHING,
    'Load the page again and enrol this browser with a code of the owner.',
  ),
  CREDENTIAL_LOST: words(
    'The browser lost this terminal’s credential',
    KEPT,
    'Type your password: the terminal gets a new one.',
  ),
  TERMINAL_PROOF_FAILED: words(
    'This terminal could not prove who it is',
    KEPT,
    'Try again; if it stays so, tell the owner.',
  ),
  TERMINAL_REVOKED: words(
    'This terminal was revoked',
    'What is pending stays on this terminal; what reached the server was kept aside for the owner.',
    'Talk to the owner.',
  ),
  QUARANTINE_FULL: words(
    'The terminal was revoked, and the server has no room for what it sends',
    'It was not kept aside at the server: what is pending is on the terminal alone.',
    'Do not clear that terminal’s data, and tell the owner.',
  ),
  CODE_INVALID: words(
    'The code is wrong, used or out of date',
    NOTHING,
    'Ask the owner for a new one.',
  ),
  USER_NAME_TAKEN: words(
    'That user name exists already',
    NOTHING,
    'Choose another one: a name is not given twice, not even that of somebody who was deactivated.',
  ),
  PASSWORD_TOO_SHORT: words(
    'The password is too short',
    NOTHING,
    'Use 8 characters or more, or let one be made.',
  ),
  LAST_OWNER: words(
    'No owner would be left',
    NOTHING,
    'An active owner who may log in at every terminal has to stay: make somebody else an owner first.',
  ),
  TERMINAL_NOT_ALLOWED: words(
    'This user may not log in at this terminal',
    NOTHING,
    'Log in at a terminal that is allowed, or ask the owner.',
  ),
  APPROVAL_FAILED: words(
    'It was not approved',
    NOTHING,
    'Check user name and password; who approves must be a supervisor or the owner.',
  ),
  LOGIN_FAILED: words('Wrong user or password', NOTHING, 'Type them again.'),
  SESSION_EXPIRED: words('The session has expired', KEPT, 'Type your password to go on.'),
  FORBIDDEN: words('Your role does not allow this', NOTHING, 'Ask a supervisor to do it.'),
  TOO_MANY_REQUESTS: words('Too many attempts in a row', NOTHING, 'Wait a few minutes.'),
  SERVER_BUSY: words(
    'The server is busy: many terminals sync at the same time',
    KEPT,
    'Wait a few minutes and sync again; you can go on selling meanwhile.',
  ),
  STORE_BUSY: words('The server is busy', KEPT, 'Wait a moment and try again.'),
  DATABASE_URL_BAD: words(
    'The server is set up wrongly',
    KEPT,
    'Tell its administrator: DATABASE_URL cannot be read.',
  ),
  SERVER_BEHIND: words(
    'The server that answered is not up to date yet',
    KEPT,
    'Wait a few minutes and sync again; this terminal has the new version already.',
  ),
  SHUTTING_DOWN: words('The server is stopping', KEPT, 'Wait a moment and try again.'),
  INTERNAL: words(
    'Something failed',
    KEPT,
    'Try again; if it goes on, tell support, with the time.',
  ),
  INVALID_DOCUMENT: words(
    'A field of the document is not as it should be',
    NOTHING,
    'Correct the field and save again.',
  ),
  DELETE_NOT_ALLOWED: words('Documents are not deleted', KEPT, 'Mark it as inactive.'),
  READ_ONLY_COLLECTION: words('These data change on the server only', KEPT, 'Talk to the owner.'),
  ROLE_NOT_ALLOWED: words(
    'The role of whoever did it does not allow it',
    KEPT,
    'Let a supervisor send it from here.',
  ),
  DOCUMENT_IMMUTABLE: words(
    'An issued document does not change',
    KEPT,
    'Issue a note that corrects it.',
  ),
  FOREIGN_TERMINAL: words(
    'The document is of another terminal',
    KEPT,
    'Send it from the terminal that made it.',
  ),
  TOTALS_MISMATCH: words(
    'The amounts do not follow from the lines',
    KEPT,
    'Tell support; do not delete it.',
  ),
  NUMBER_MISMATCH: words(
    'Consecutive or key do not fit the document',
    KEPT,
    'Tell support; do not delete it.',
  ),
  CHAIN_MISMATCH: words('The document was altered after it was issued', KEPT, 'Tell the owner.'),
  SIGNATURE_MISSING: words(
    'The document lacks the signature of this terminal, whose key did not answer',
    KEPT,
    'Sync again: it is signed when it is sent. If that does not help, close and open the browser.',
  ),
  DUPLICATE_CODE: words('Another product has this code', NOTHING, 'Use another code.'),
  NETWORK: words(
    'There is no connection to the server',
    KEPT,
    'Check the connection and try again; you may go on selling.',
  ),
  TIMEOUT: words('The server did not answer in time', KEPT, 'Try again: it goes on where it was.'),
  CANCELLED: words(
    'It was cancelled',
    KEPT,
    'Sync again whenever you like: it goes on where it was.',
  ),
  SYNC_BUSY: words('Another tab of this terminal is syncing', KEPT, 'Wait until it has finished.'),
  BAD_RESPONSE: words(
    'The answer did not come from the Mostrador server',
    KEPT,
    'Check the network (a login page of the wifi?) and try again.',
  ),
  SCHEMA_AHEAD: words(
    'The server is newer than this terminal',
    'Nothing was dropped.',
    'Reload the page to update.',
  ),
  STILL_PENDING: words('Some documents were not confirmed', KEPT, 'Sync again.'),
  STORAGE_FULL: words(
    'The browser could not save',
    'Nothing was issued, and no consecutive was taken.',
    'Free space on this machine and repeat.',
  ),
  STORAGE_NOT_KEPT: words(
    'The browser does not promise to keep this terminal’s data',
    'The code has not been used.',
    'Use a normal window, and install Mostrador as an app.',
  ),
  DOCUMENT_TOO_LARGE: words('The document is too large', NOTHING, 'Shorten or split it.'),
  OFFLINE_LOGIN_FAILED: words(
    'Wrong user or password (offline)',
    NOTHING,
    'Type them again, or log in with a connection.',
  ),
  OFFLINE_LOGIN_WAIT: words(
    'Too many wrong passwords without a connection',
    KEPT,
    'Wait a minute at most and try again, or log in with a connection.',
  ),
  OFFLINE_LOGIN_EXPIRED: words(
    'The limit for logging in offline has passed',
    KEPT,
    'Log in with a connection. Check this machine’s clock too.',
  ),
  RESCUE_DAMAGED: words(
    'This is no rescue file, or it arrived damaged or cut',
    'Nothing was imported; what was pending is still on its terminal.',
    'Copy it again from where it was made, or make another one at that terminal.',
  ),
  RESCUE_TOO_NEW: words(
    'The rescue file is of a newer version',
    'Nothing was imported.',
    'Load the page again to update this terminal, and open it again.',
  ),
  RESCUE_WRONG_KEY: words(
    'The key does not open this file, or somebody altered it',
    'Nothing was imported; what was pending is still on its terminal.',
    'Compare the key with the one written down when the file was made. If it is lost, make another file at that terminal.',
  ),
  RESCUE_EMPTY: words(
    'Nothing is pending on this terminal',
    'The server has confirmed all that was done here.',
    'No file is needed.',
  ),
  RESCUE_FOREIGN: words(
    'The file is of another store',
    'Nothing was imported; what was pending is still on its terminal.',
    'Open it at a terminal of the store that it was made in.',
  ),
  RESCUE_PROOF_FAILED: words(
    'The file’s signature is not by its terminal, or not over these documents',
    'What was not imported is still on its terminal.',
    'Make the file anew at its terminal; if it stays so, tell the owner.',
  ),
  RESCUE_OLD_EPOCH: words(
    'The server was restored from a backup after the file was made',
    'Nothing was imported; what was pending is still on its terminal.',
    'If that terminal can sync, do it there. If not, import only what is missing: nothing of the server is replaced.',
  ),
  RESCUE_REVOKED: words(
    'The owner revoked the terminal that made the file',
    'Nothing was imported; the content was kept aside on the server for the owner.',
    'Tell the owner.',
  ),
};

/** What an operator reads of an error, in English; a code without words of its own has the registry's. */
export const errorsEn = Object.fromEntries(
  Object.entries(ERRORS).map(([code, { meaning, remedy }]) => [
    code,
    operator[code as ErrorCode] ?? {
      title: meaning.replace(/\.$/, ''),
      safe: KEPT,
      action: remedy,
    },
  ]),
) as Record<ErrorCode, ErrorWords>;
