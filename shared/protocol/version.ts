/** Raised when the wire format changes in a way that an older terminal cannot take; a test hashes the format. */
export const PROTOCOL_VERSION = 1;

/** Header of every API request and reply. Being a custom header it also keeps foreign pages out (CSRF). */
export const PROTOCOL_HEADER = 'x-mostrador-protocol';
