import { type Static, Type } from '@sinclair/typebox';
import { Id, Instant } from '../../schemas/fields';
import { pushRequestSchema } from './messages';

const Hash = Type.String({ minLength: 64, maxLength: 64, pattern: '^[0-9a-f]{64}$' });
/** Documents of one collection of a file that has a proof. */
const PROVEN_MAX = 20_000;

/** The signature of the file's terminal, and the hashes by which it is seen to be over these very rows. */
export const rescueProofSchema = Type.Object(
  {
    signature: Type.String({ minLength: 86, maxLength: 86 }),
    collections: Type.Object(
      { clients: Hash, products: Hash, invoices: Hash, movements: Hash, shifts: Hash },
      { additionalProperties: false },
    ),
    /** Of the documents that the file has in this collection, in its order. */
    documents: Type.Array(Hash, { maxItems: PROVEN_MAX }),
  },
  { additionalProperties: false },
);
export type RescueProof = Static<typeof rescueProofSchema>;

/**
 * `POST /api/rescues/:collection`: rows of another terminal's rescue file, sent by somebody with `importRescue`. The
 * reply is that of a push. `terminalId` is whose the rows are; `fileId` the file's checksum, for the log.
 */
export const rescueRequestSchema = Type.Composite(
  [
    pushRequestSchema,
    Type.Object({
      terminalId: Id,
      fileId: Type.String({ minLength: 64, maxLength: 64, pattern: '^[0-9a-f]{64}$' }),
      madeAt: Instant,
      /** Left out where the file has none. */
      proof: Type.Optional(rescueProofSchema),
    }),
  ],
  { additionalProperties: false },
);
export type RescueRequest = Static<typeof rescueRequestSchema>;
