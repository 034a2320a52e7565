import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../chain/canonical-json';
import type { RescueContent } from './rescue-file';

/*
 * One signature is over the whole file, yet its documents are sent in batches, collection by collection: so what is
 * signed is a hash of hashes, and each batch brings along as much of them as it needs.
 */

type Documents = RescueContent['documents'];
/** A hash a collection, in hex. */
export type CollectionHashes = Record<keyof Documents, string>;

const hashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** Of a document as the wire carries it. */
export const documentHash = (document: unknown): string => hashOf(canonicalJson(document));

/** Of the documents of one collection, by their hashes in the order of the file. */
export const collectionHash = (hashes: readonly string[]): string => hashOf(hashes.join('\n'));

/** Hashes of every document of a file, by collection. */
export const documentHashes = (documents: Documents): Record<keyof Documents, string[]> => {
  const { clients, products, invoices, movements, shifts } = documents;
  return {
    clients: clients.map(documentHash),
    products: products.map(documentHash),
    invoices: invoices.map(documentHash),
    movements: movements.map(documentHash),
    shifts: shifts.map(documentHash),
  };
};

export const collectionHashes = (hashes: ReturnType<typeof documentHashes>): CollectionHashes => ({
  clients: collectionHash(hashes.clients),
  products: collectionHash(hashes.products),
  invoices: collectionHash(hashes.invoices),
  movements: collectionHash(hashes.movements),
  shifts: collectionHash(hashes.shifts),
});

/** What the terminal signs; it begins with its purpose, as the texts of `proof-bytes.ts` do. */
export const rescueProofBytes = (file: {
  terminalId: string;
  madeAt: string;
  collections: CollectionHashes;
}): Uint8Array =>
  utf8ToBytes(
    ['mostrador-rescue', file.terminalId, file.madeAt, canonicalJson(file.collections)].join('\n'),
  );
