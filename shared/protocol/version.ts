/** Raised when the wire format changes in a way that an older terminal cannot take; a test hashes the format. */
export const PROTOCOL_VERSION = 2;

/** Programs of this version and later may take part: what they lack is filled in, what they cannot hold is left out (F8). */
export const OLDEST_PROTOCOL = 1;

/** Header of every API request and reply. Being a custom header it also keeps foreign pages out (CSRF). */
export const PROTOCOL_HEADER = 'x-mostrador-protocol';
