import type { Minor } from '../money/money';
import { deriveFromSales, type SalesDerivations } from './derive-from-sales';
import { type ImportKind, importKindOf } from './import-kind';
import type { ImportedClient, ImportedProduct } from './imported';
import { type CabysList, parseCabys } from './parse-cabys';
import { parseCatalogue } from './parse-catalogue';
import { parseClients } from './parse-clients';
import { parseProducts } from './parse-products';
import type { Refusal } from './refusal';
import { textTable } from './text-table';

/** What a file was made to say beyond its own words, counted; a person is told of each that is not 0. */
export interface Derivations extends SalesDerivations {
  /** Products whose tax treatment is that of their CABYS code in the companion list. */
  taxFromCabys: number;
  /** Products of a catalogue: the price is the given one, the code is the barcode. */
  defaultPrice: number;
}

/** A file, read: what can be taken of it, and what was refused line by line. */
export interface ImportReading {
  readonly kind: ImportKind;
  /** Lines below the header that say something. */
  readonly lines: number;
  readonly products: readonly ImportedProduct[];
  readonly clients: readonly ImportedClient[];
  /** The list, where the file is one. */
  readonly cabys: CabysList | null;
  readonly refused: readonly Refusal[];
  readonly unusedHeaders: readonly string[];
  readonly derived: Derivations;
}

export interface ImportOptions {
  /** Where it is not given, the header says. */
  kind?: ImportKind | undefined;
  /** Price before tax of the new products of a catalogue, minor units. */
  defaultPrice?: Minor | null | undefined;
  cabys?: CabysList | null | undefined;
}

const NOTHING: Derivations = {
  latestPrice: 0,
  latestDescription: 0,
  serviceCode: 0,
  roundedPrice: 0,
  cancellationLine: 0,
  clientName: 0,
  taxFromCabys: 0,
  defaultPrice: 0,
};

/**
 * The one way in for files: reads a CSV text of any kind that the product knows. A bad line never stops the others.
 * Throws FILE_NOT_TABLE, FILE_TOO_LARGE, FILE_KIND_UNKNOWN, FILE_HEADER_BAD: then nothing of the file is taken.
 */
export function readImport(text: string, options: ImportOptions = {}): ImportReading {
  const table = textTable(text);
  const kind = options.kind ?? importKindOf(table.headers);
  const { defaultPrice = null, cabys = null } = options;
  const empty = { products: [], clients: [], cabys: null, derived: NOTHING };
  const about = { ...empty, kind, lines: table.records.length };
  switch (kind) {
    case 'products': {
      const { taxFromCabys, ...read } = parseProducts(table, cabys);
      return { ...about, ...read, derived: { ...NOTHING, taxFromCabys } };
    }
    case 'clients':
      return { ...about, ...parseClients(table) };
    case 'sales': {
      const { derived, ...read } = deriveFromSales(table);
      return { ...about, ...read, derived: { ...NOTHING, ...derived } };
    }
    case 'catalogue': {
      const read = parseCatalogue(table, defaultPrice);
      return { ...about, ...read, derived: { ...NOTHING, defaultPrice: read.products.length } };
    }
    case 'cabys': {
      const { list, ...read } = parseCabys(table);
      return { ...about, ...read, cabys: list };
    }
  }
}
