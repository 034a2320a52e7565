import { createHash } from 'node:crypto';
import { COLLECTIONS } from '../../schemas/registry';
import * as messages from '../../shared/protocol/messages';
import { rescueRequestSchema } from '../../shared/protocol/rescue-messages';
import { PROTOCOL_VERSION } from '../../shared/protocol/version';
import {
  RESCUE_VERSION,
  rescueContentSchema,
  rescueFileSchema,
} from '../../shared/rescue/rescue-file';

const PINNED = { version: 2, hash: '33c7acb2181b1a8e' };

test('the wire format is the pinned one', () => {
  const schemas = Object.entries(messages).filter(([name]) => name.endsWith('Schema'));
  const documents = Object.entries(COLLECTIONS).map(([name, { schema }]) => [name, schema]);
  const text = JSON.stringify([schemas.sort(([a], [b]) => (a < b ? -1 : 1)), documents]);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  /*
   * It changed? Decide whether an older terminal can still take part. If it can, pin the new hash; if it cannot, raise
   * PROTOCOL_VERSION too, and say in SPEC.md what becomes of terminals that are behind.
   */
  expect({ version: PROTOCOL_VERSION, hash }).toEqual(PINNED);
});

const PINNED_RESCUE = { version: 2, hash: 'a086984d6a545898' };

test('the rescue file and its import are of the pinned form', () => {
  const text = JSON.stringify([rescueFileSchema, rescueContentSchema, rescueRequestSchema]);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  /* It changed? Files that were made before must still open: raise RESCUE_VERSION, and go on reading the older form. */
  expect({ version: RESCUE_VERSION, hash }).toEqual(PINNED_RESCUE);
});
