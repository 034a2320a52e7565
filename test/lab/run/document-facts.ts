import type { LabWords } from '../words/es';
import type { Doc, Documents, Shown } from './moment';

const MONEY: ReadonlySet<string> = new Set([
  ...['price', 'total', 'openingCash', 'countedCash', 'expectedCash', 'difference', 'unitPrice'],
]);
const QUANTITY: ReadonlySet<string> = new Set(['onHand', 'quantity']);

/** Fields that are always shown; others only once they are not what the scenario began with. */
const ALWAYS: Record<Shown, readonly string[]> = {
  products: ['price'],
  clients: [],
  stock: ['onHand'],
  invoices: ['total', 'client', 'flags'],
  movements: ['quantity'],
  shifts: ['status'],
};

/** What says nothing to a person, or stands in the title. */
const NEVER: ReadonlySet<string> = new Set([
  ...['id', 'ver', 'edit', 'pending', 'updatedAt', 'editedBy', 'seen', 'productId', 'code'],
]);

/** A value as people read it: money and quantities in units. */
export function valueText(field: string, value: unknown, words: LabWords): string {
  const format = (number: number, digits: number): string =>
    new Intl.NumberFormat(words.locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: Math.max(digits, 3),
    }).format(number);
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number' && MONEY.has(field)) return format(value / 100, 2);
  if (typeof value === 'number' && QUANTITY.has(field)) return format(value / 1000, 0);
  if (Array.isArray(value) && value.length === 0) return '—';
  if (Array.isArray(value)) return value.map((item) => plain(item)).join(', ');
  return plain(value);
}

const plain = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** The name by which a person knows a document; `documents` are those of any side that has its product. */
export function titleOf(
  collection: Shown,
  document: Doc,
  { documents, words }: { documents: Documents; words: LabWords },
): string {
  const codeOf = (id: unknown): string =>
    String(documents.products.find((product) => product.id === id)?.['code'] ?? id);
  switch (collection) {
    case 'products':
      return String(document['code']);
    case 'clients':
      return String(document['name']);
    case 'stock':
      return codeOf(document.id);
    case 'invoices': {
      const consecutive = String(document['consecutive']);
      const type = consecutive.slice(8, 10) as keyof LabWords['types'];
      const number = `${Number(consecutive.slice(3, 8))}-${Number(consecutive.slice(10))}`;
      return `${words.types[type] ?? type} ${number}`;
    }
    case 'movements':
      return codeOf(document['productId']);
    case 'shifts':
      return String(document['userName']);
  }
}

/** Values of a document by the names that facts have: those of an invoice lie deeper. */
const flat = (collection: Shown, document: Doc): Readonly<Record<string, unknown>> => {
  if (collection !== 'invoices') return document;
  const totals = document['totals'] as { total?: number } | undefined;
  const client = document['client'] as { name?: string } | undefined;
  return { total: totals?.total, client: client?.name, flags: document['flags'] };
};

export interface Fact {
  readonly field: string;
  readonly text: string;
  readonly isChanged: boolean;
}

/** What is told of a document; changed is what was otherwise before this step. */
export function factsOf(
  collection: Shown,
  { now, before, first }: { now: Doc; before: Doc | undefined; first: Doc | undefined },
  words: LabWords,
): Fact[] {
  const values = flat(collection, now);
  const at = (document: Doc | undefined, field: string): string =>
    JSON.stringify(document === undefined ? null : (flat(collection, document)[field] ?? null));
  const isDifferent = (other: Doc | undefined, field: string): boolean =>
    other !== undefined && at(other, field) !== JSON.stringify(values[field] ?? null);
  const fields = Object.keys(values).filter((field) => {
    if (NEVER.has(field)) return false;
    if (!ALWAYS[collection].includes(field)) {
      return (collection === 'products' || collection === 'clients') && isDifferent(first, field);
    }
    const value = values[field];
    return field === 'total' || !(value === undefined || value === '' || `${value}` === '');
  });
  return fields.map((field) => ({
    field,
    text: valueText(field, values[field], words),
    isChanged: isDifferent(before, field),
  }));
}
