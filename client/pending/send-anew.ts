import type { AnyDocument } from '../../schemas/registry';

/**
 * The document as it is sent to a server that lost it, under its old edit. Flags are the server's alone: it refuses a
 * document that brings some, and gives its own when it accepts it.
 */
export const sendAnew = <T extends AnyDocument>(document: T): T => ({
  ...document,
  pending: 1,
  ...('flags' in document ? { flags: [] } : {}),
});
