/**
 * The one list of error codes. `status` is the HTTP status the server answers with; `retryable` says whether the very
 * same request may succeed later; `meaning` and `remedy` are for developers and logs; what an operator reads stands in
 * `client/i18n` under the same code.
 */
export const ERRORS = {
  BAD_REQUEST: {
    status: 400,
    retryable: false,
    meaning: 'The request is not of the documented form.',
    remedy: 'Compare it with SPEC.md.',
  },
  BAD_CHECKPOINT: {
    status: 400,
    retryable: false,
    meaning: 'The checkpoint is not one that this server gave out.',
    remedy: 'Start afresh with seq=0.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    retryable: false,
    meaning: 'The body, or its number of rows, is over the limit.',
    remedy: 'Send smaller batches.',
  },
  TOO_DEEP: {
    status: 400,
    retryable: false,
    meaning: 'The JSON is nested deeper than allowed.',
    remedy: 'Send documents as their schema has them.',
  },
  PROTOCOL_MISMATCH: {
    status: 400,
    retryable: false,
    meaning: 'The protocol header is missing or names an unknown version.',
    remedy: 'Update this terminal.',
  },
  SERVER_BEHIND: {
    status: 503,
    retryable: true,
    meaning:
      'This server does not know the program of the terminal yet: it is of an older version.',
    remedy:
      'Wait until it is updated, or until another one answers; what is pending stays pending.',
  },
  NOT_FOUND: {
    status: 404,
    retryable: false,
    meaning: 'There is nothing at this address.',
    remedy: 'Check the address.',
  },
  UNKNOWN_COLLECTION: {
    status: 404,
    retryable: false,
    meaning: 'No such collection.',
    remedy: 'Use one of schemas/registry.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    retryable: false,
    meaning: 'The address does not take this method.',
    remedy: 'See SPEC.md.',
  },
  EPOCH_CHANGED: {
    status: 409,
    retryable: false,
    meaning: 'The server began a new life of its data (a backup was restored).',
    remedy: 'Read afresh and send what it lacks.',
  },
  TERMINAL_UNKNOWN: {
    status: 401,
    retryable: false,
    meaning: 'The terminal is not enrolled, or its credential is not valid.',
    remedy: 'Enrol it with a one-time code.',
  },
  SETUP_DONE: {
    status: 409,
    retryable: false,
    meaning: 'The server has a store already; there is nothing to set up.',
    remedy: 'Enrol this browser with a code of the owner.',
  },
  CREDENTIAL_LOST: {
    status: 401,
    retryable: false,
    meaning: 'The browser sent no credential of a terminal.',
    remedy:
      'Log in: a terminal with a key gets a new credential. Else enrol it with a one-time code.',
  },
  TERMINAL_PROOF_FAILED: {
    status: 401,
    retryable: false,
    meaning: 'The terminal did not prove that it holds its key.',
    remedy: 'Try again; if it stays, enrol this browser profile with a new code.',
  },
  TERMINAL_REVOKED: {
    status: 403,
    retryable: false,
    meaning: 'The owner revoked this terminal.',
    remedy: 'Ask the owner.',
  },
  QUARANTINE_FULL: {
    status: 403,
    retryable: false,
    meaning:
      'The terminal was revoked, and the server keeps no more of what such terminals send: this was not kept.',
    remedy:
      'What is pending stays on the terminal. The owner makes room with `npm run kept-aside`.',
  },
  CODE_INVALID: {
    status: 403,
    retryable: false,
    meaning: 'The enrolment code is unknown, used or expired.',
    remedy: 'Ask the owner for a new one.',
  },
  USER_NAME_TAKEN: {
    status: 409,
    retryable: false,
    meaning: 'Somebody of the store has, or had, this user name.',
    remedy: 'Choose another one.',
  },
  PASSWORD_TOO_SHORT: {
    status: 400,
    retryable: false,
    meaning: 'A password has 8 characters at least, and 200 at most.',
    remedy: 'Choose a longer one, or let one be made.',
  },
  LAST_OWNER: {
    status: 409,
    retryable: false,
    meaning: 'No active owner would be left who may log in at every terminal.',
    remedy: 'Make somebody else an owner first.',
  },
  TERMINAL_NOT_ALLOWED: {
    status: 403,
    retryable: false,
    meaning: 'The owner lets this user log in at other terminals only.',
    remedy: 'Log in at one of those, or ask the owner.',
  },
  APPROVAL_FAILED: {
    status: 0,
    retryable: false,
    meaning: 'User name or password of whoever approves is wrong, or that person may not allow it.',
    remedy: 'Try again, or ask somebody who may.',
  },
  LOGIN_FAILED: {
    status: 401,
    retryable: false,
    meaning: 'User name or password is wrong, or the user is not active.',
    remedy: 'Try again.',
  },
  SESSION_EXPIRED: {
    status: 401,
    retryable: false,
    meaning: 'There is no session, or it has expired.',
    remedy: 'Log in again; nothing is lost.',
  },
  FORBIDDEN: {
    status: 403,
    retryable: false,
    meaning: 'The role of this user does not allow it.',
    remedy: 'Ask a supervisor.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    retryable: true,
    meaning: 'Too many requests in a short time.',
    remedy: 'Wait as Retry-After says.',
  },
  SERVER_BUSY: {
    status: 503,
    retryable: true,
    meaning: 'More requests wait at the server than it lets in; this one was not looked at.',
    remedy: 'Wait as Retry-After says and send again.',
  },
  STORE_BUSY: {
    status: 503,
    retryable: true,
    meaning: 'The database is busy, full or down; nothing was acknowledged.',
    remedy: 'Wait as Retry-After says and send again.',
  },
  DATABASE_URL_BAD: {
    status: 500,
    retryable: false,
    meaning:
      'DATABASE_URL is not of the form postgres://user:password@host:port,host:port/name, or asks for a host that takes no writes.',
    remedy: 'Correct the setting and start the server again.',
  },
  SHUTTING_DOWN: {
    status: 503,
    retryable: true,
    meaning: 'The server is stopping.',
    remedy: 'Send again shortly.',
  },
  INTERNAL: {
    status: 500,
    retryable: true,
    meaning: 'A defect in the server; nothing of this request was stored.',
    remedy: 'Read the server log at this request id.',
  },

  /* per row of a push; the request itself succeeds */
  INVALID_DOCUMENT: {
    status: 422,
    retryable: false,
    meaning: 'The document does not fit the schema of its collection.',
    remedy: 'Correct the named field and send it again.',
  },
  ID_MISMATCH: {
    status: 422,
    retryable: false,
    meaning: 'The row names another document as its assumed state.',
    remedy: 'Send a row for one document.',
  },
  DELETE_NOT_ALLOWED: {
    status: 422,
    retryable: false,
    meaning: 'Documents are deactivated, never deleted.',
    remedy: 'Set active to false.',
  },
  READ_ONLY_COLLECTION: {
    status: 422,
    retryable: false,
    meaning: 'Terminals do not write this collection.',
    remedy: 'None: the owner changes it on the server.',
  },
  ROLE_NOT_ALLOWED: {
    status: 422,
    retryable: false,
    meaning: 'The role of the user who sends it does not allow this change.',
    remedy: 'Let a supervisor send it.',
  },
  DOCUMENT_IMMUTABLE: {
    status: 422,
    retryable: false,
    meaning: 'An issued document cannot be changed.',
    remedy: 'Issue a correcting document.',
  },
  FOREIGN_TERMINAL: {
    status: 403,
    retryable: false,
    meaning: 'The document claims to be of another terminal.',
    remedy: 'Send it from the terminal that made it.',
  },
  TOTALS_MISMATCH: {
    status: 422,
    retryable: false,
    meaning: 'The amounts do not follow from the lines.',
    remedy: 'Compute them with shared/money.',
  },
  NUMBER_MISMATCH: {
    status: 422,
    retryable: false,
    meaning: 'Consecutive or clave do not fit the terminal, type or date.',
    remedy: 'Compute them with shared/fiscal.',
  },
  CHAIN_MISMATCH: {
    status: 422,
    retryable: false,
    meaning: 'The hash of the document does not follow from its content.',
    remedy: 'The document was altered after it was issued: keep it and call for help.',
  },
  SIGNATURE_MISSING: {
    status: 422,
    retryable: true,
    meaning:
      'The terminal has a key and has signed before; this document came without its signature.',
    remedy: 'Sync again: the terminal signs what is pending when its key works.',
  },
  DUPLICATE_CODE: {
    status: 422,
    retryable: false,
    meaning: 'Another product has this code.',
    remedy: 'Give it another code.',
  },

  /* a file that is to be imported: nothing of it was taken */
  FILE_NOT_TABLE: {
    status: 422,
    retryable: false,
    meaning: 'The file is no CSV text: it is empty, or of another format.',
    remedy: 'Save the sheet as CSV.',
  },
  FILE_KIND_UNKNOWN: {
    status: 422,
    retryable: false,
    meaning: 'The header is that of no kind of file that can be imported.',
    remedy: 'Name the columns as the documentation does.',
  },
  FILE_HEADER_BAD: {
    status: 422,
    retryable: false,
    meaning: 'A needed column is missing, or a column is there twice.',
    remedy: 'Correct the header line.',
  },
  FILE_TOO_LARGE: {
    status: 413,
    retryable: false,
    meaning: 'The file is larger, or has more lines, than one import takes.',
    remedy: 'Split it, with the header line in each part.',
  },

  /* a rescue file: what a terminal had pending, brought in by another one */
  RESCUE_DAMAGED: {
    status: 0,
    retryable: false,
    meaning: 'It is no rescue file, or it was damaged or cut on its way.',
    remedy: 'Copy the file again from where it was made, or make another one there.',
  },
  RESCUE_TOO_NEW: {
    status: 0,
    retryable: false,
    meaning: 'The rescue file was written by a newer version of the product.',
    remedy: 'Update this terminal, then open the file again.',
  },
  RESCUE_WRONG_KEY: {
    status: 0,
    retryable: false,
    meaning: 'The key does not open this rescue file, or somebody altered it.',
    remedy: 'Compare the key with what was written down when the file was made.',
  },
  RESCUE_EMPTY: {
    status: 0,
    retryable: false,
    meaning: 'Nothing is pending on this terminal, so there is nothing to put into a file.',
    remedy: 'None is needed.',
  },
  RESCUE_FOREIGN: {
    status: 422,
    retryable: false,
    meaning: 'The rescue file is of another store, or of a terminal that this store does not have.',
    remedy: 'Open it at a terminal of the store that it was made in.',
  },
  RESCUE_PROOF_FAILED: {
    status: 422,
    retryable: false,
    meaning:
      'The signature of the rescue file is not by its terminal, or not over these documents.',
    remedy: 'Make the file anew at its terminal; if it stays so, ask the owner.',
  },
  RESCUE_OLD_EPOCH: {
    status: 0,
    retryable: false,
    meaning: 'The server was restored from a backup after the rescue file was made.',
    remedy: 'Sync the terminal that made it, if that is possible; else import what is new of it.',
  },
  RESCUE_REVOKED: {
    status: 409,
    retryable: false,
    meaning: 'The terminal that made the rescue file was revoked; its content was kept aside.',
    remedy: 'The owner looks at it with `npm run kept-aside`.',
  },

  /* raised on the terminal */
  NETWORK: {
    status: 0,
    retryable: true,
    meaning: 'The server could not be reached.',
    remedy: 'Check the connection; what is pending stays here.',
  },
  TIMEOUT: {
    status: 0,
    retryable: true,
    meaning: 'The server did not answer in time.',
    remedy: 'Try again.',
  },
  CANCELLED: {
    status: 0,
    retryable: true,
    meaning: 'The operator stopped the run.',
    remedy: 'Start it again; it goes on where it stopped.',
  },
  SYNC_BUSY: {
    status: 0,
    retryable: true,
    meaning: 'Another tab of this terminal is syncing.',
    remedy: 'Wait until it has finished.',
  },
  BAD_RESPONSE: {
    status: 0,
    retryable: true,
    meaning: 'The answer was not of the documented form (a proxy, a captive portal, a cut).',
    remedy: 'Check the connection.',
  },
  SCHEMA_AHEAD: {
    status: 0,
    retryable: false,
    meaning: 'The server sent a document that this terminal does not understand.',
    remedy: 'Update this terminal; nothing was dropped.',
  },
  STILL_PENDING: {
    status: 0,
    retryable: true,
    meaning: 'After the run documents were still pending.',
    remedy: 'Run it again.',
  },
  STORAGE_FULL: {
    status: 0,
    retryable: false,
    meaning: 'The browser could not store the document; nothing was issued.',
    remedy: 'Free space on this machine.',
  },
  STORAGE_NOT_KEPT: {
    status: 0,
    retryable: false,
    meaning:
      'The browser does not promise to keep this terminal’s data (a private window, perhaps).',
    remedy: 'Enrol in a normal window, as an installed app; or say that it is a trial.',
  },
  DOCUMENT_TOO_LARGE: {
    status: 0,
    retryable: false,
    meaning: 'The document is larger than the server takes.',
    remedy: 'Make it shorter.',
  },
  OFFLINE_LOGIN_FAILED: {
    status: 0,
    retryable: false,
    meaning: 'User name or password is wrong for offline login.',
    remedy: 'Try again, or log in with a connection.',
  },
  OFFLINE_LOGIN_WAIT: {
    status: 0,
    retryable: true,
    meaning: 'Too many wrong passwords without a connection.',
    remedy: 'Wait a minute at most, or log in with a connection.',
  },
  OFFLINE_LOGIN_EXPIRED: {
    status: 0,
    retryable: false,
    meaning: 'The offline limit of this user has passed, or the clock was set back.',
    remedy: 'Log in with a connection.',
  },
} as const satisfies Record<
  string,
  { status: number; retryable: boolean; meaning: string; remedy: string }
>;

export type ErrorCode = keyof typeof ERRORS;

export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(ERRORS, code);
