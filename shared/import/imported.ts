import type { Client } from '../../schemas/clients';
import type { SYNC_FIELD_NAMES } from '../../schemas/fields';
import type { Product } from '../../schemas/products';
import type { Thousandths } from '../money/money';

type Bookkeeping = (typeof SYNC_FIELD_NAMES)[number] | 'updatedAt' | 'editedBy';

/** A product or client without what syncing and the server add. */
export type ProductContent = Omit<Product, Bookkeeping>;
export type ClientContent = Omit<Client, Bookkeeping>;

/**
 * A product as a line of a file has it. What a file does not say, having no such column or an empty cell, stays as it is
 * in a product that the store already has.
 */
export interface ImportedProduct {
  readonly line: number;
  /** How the store's product is found: by its code, or by its barcode (a catalogue has no other). */
  readonly foundBy: 'code' | 'barcode';
  /** What the line itself says, the code apart: this changes a product that is there. */
  readonly says: Partial<Omit<ProductContent, 'code'>>;
  /** The whole product, for a store that has it not. */
  readonly whenNew: ProductContent;
  /** What is there of it, for a product that nothing has moved yet; null where the line does not say. */
  readonly opening: Thousandths | null;
}

/** A client as a line of a file has it; found by identification, else by the exact name. */
export interface ImportedClient {
  readonly line: number;
  readonly says: Partial<ClientContent>;
  readonly whenNew: ClientContent;
}

/** Identifications are compared without the groups that people write them in. */
export const identificationKey = (identification: string): string =>
  identification.replaceAll(/[\s-]/g, '').toUpperCase();
