import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Static, Type } from '@sinclair/typebox';
import { Id, Instant } from '../../schemas/fields';
import { validate } from '../../schemas/validate';
import { canonicalJson } from '../chain/canonical-json';
import { AppError } from '../errors/app-error';

/** Version of the file; a newer one is refused by name, an older one is read for ever. 2 may have a signature. */
export const RESCUE_VERSION = 2;
export const RESCUE_EXTENSION = '.mostrador-rescate';

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** What a person sees of a file before it is opened: no name, no amount of one sale. Sealed with the rest, so nobody changes it. */
export const rescueFactsSchema = Type.Object(
  {
    storeId: Type.String({ minLength: 1, maxLength: 36 }),
    terminal: Type.Object(
      {
        id: Id,
        number: Type.Integer({ minimum: 1, maximum: 99_999 }),
        name: Type.String({ maxLength: 200 }),
      },
      { additionalProperties: false },
    ),
    epoch: Type.String({ minLength: 1, maxLength: 36 }),
    protocol: Type.Integer({ minimum: 1 }),
    madeAt: Instant,
    counts: Type.Object(
      { clients: Count, products: Count, invoices: Count, movements: Count, shifts: Count },
      { additionalProperties: false },
    ),
    /** Sum of the totals of its invoices, minor units; credit notes count below zero. */
    invoicesTotal: Type.Integer(),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  },
  { additionalProperties: false },
);
export type RescueFacts = Static<typeof rescueFactsSchema>;

/** Bounds: a file that asks for gigabytes of memory would bring down the desk that opens it. */
const kdfSchema = Type.Object(
  {
    name: Type.Literal('argon2id'),
    salt: Type.String({ pattern: '^\\d{32}$' }),
    memoryKiB: Type.Integer({ minimum: 8, maximum: 262_144 }),
    passes: Type.Integer({ minimum: 1, maximum: 10 }),
  },
  { additionalProperties: false },
);
export type RescueKdf = Static<typeof kdfSchema>;

/** The file: `sealed` is AES-256-GCM in base64, over the facts and the derivation of its key. */
export const rescueFileSchema = Type.Object(
  {
    format: Type.Literal('mostrador-rescue'),
    version: Type.Union([Type.Literal(1), Type.Literal(RESCUE_VERSION)]),
    facts: rescueFactsSchema,
    kdf: kdfSchema,
    sealed: Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
    /** SHA-256 over the rest: tells a damaged file from a wrong key, and is the file's name in the server's log. */
    checksum: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  },
  { additionalProperties: false },
);
export type RescueFile = Static<typeof rescueFileSchema>;

/**
 * What is sealed: the pending documents as they would be pushed, each with its edit, and the terminal's signature over
 * them (`rescue-proof.ts`); it is missing in files of version 1, and where the terminal has no key or its key failed.
 */
export const rescueContentSchema = Type.Object(
  {
    documents: Type.Object(
      {
        clients: Type.Array(Type.Unknown()),
        products: Type.Array(Type.Unknown()),
        invoices: Type.Array(Type.Unknown()),
        movements: Type.Array(Type.Unknown()),
        shifts: Type.Array(Type.Unknown()),
      },
      { additionalProperties: false },
    ),
    signature: Type.Optional(Type.String({ minLength: 86, maxLength: 86 })),
  },
  { additionalProperties: false },
);
export type RescueContent = Static<typeof rescueContentSchema>;

/** Bytes that the seal covers without hiding them. */
export const sealedOver = ({ facts, kdf }: Pick<RescueFile, 'facts' | 'kdf'>): Uint8Array =>
  utf8ToBytes(canonicalJson({ facts, kdf }));

export const rescueChecksum = ({ checksum: _, ...file }: RescueFile): string =>
  bytesToHex(sha256(utf8ToBytes(canonicalJson(file))));

/** Reads a file's text; nothing of it is believed yet but that it is whole. RESCUE_DAMAGED, RESCUE_TOO_NEW. */
export function parseRescueFile(text: string): RescueFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new AppError('RESCUE_DAMAGED', {}, { cause });
  }
  if (isNewer(value)) throw new AppError('RESCUE_TOO_NEW');
  const parsed = validate<RescueFile>(rescueFileSchema, value);
  if (!parsed.ok) throw new AppError('RESCUE_DAMAGED', { path: parsed.path });
  if (rescueChecksum(parsed.value) !== parsed.value.checksum) throw new AppError('RESCUE_DAMAGED');
  return parsed.value;
}

const isNewer = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'format' in value &&
  value.format === 'mostrador-rescue' &&
  'version' in value &&
  typeof value.version === 'number' &&
  value.version > RESCUE_VERSION;
