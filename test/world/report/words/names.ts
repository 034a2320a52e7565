import type { RunResult } from '../../scenario/run-scenario';

type Doc = Readonly<Record<string, unknown>>;

/** Words by which a person knows a document. */
export interface Names {
  of(collection: string, id: string): string;
  /** What an invoice's full number is, or empty. */
  numberOf(id: string): string;
}

const TYPES: Readonly<Record<string, string>> = {
  '01': 'Invoice',
  '02': 'Debit note',
  '03': 'Credit note',
  '04': 'Ticket',
};

/** Names of all documents of a run, from wherever one of them stands. */
export function namesOf({ server, terminals }: RunResult): Names {
  const documents = new Map<string, Doc>();
  for (const side of [server, ...Object.values(terminals).map((state) => state.documents)]) {
    for (const [collection, list] of Object.entries(side)) {
      for (const document of list) {
        const key = `${collection}/${String(document['id'])}`;
        if (!documents.has(key)) documents.set(key, document);
      }
    }
  }
  const textOf = (collection: string, id: string, field: string): string => {
    const value = documents.get(`${collection}/${id}`)?.[field];
    return typeof value === 'string' ? value : '';
  };
  /** First part of an id that nothing is known of. */
  const bare = (collection: string, id: string): string => `${collection} ${id.slice(0, 8)}`;
  const of = (collection: string, id: string): string => {
    const document = documents.get(`${collection}/${id}`);
    if (document === undefined) return bare(collection, id);
    const text = (field: string): string => String(document[field] ?? '');
    switch (collection) {
      case 'products':
        return productName(text('code'), text('description'));
      case 'stock':
        return `Stock of ${textOf('products', id, 'code') || id.slice(0, 8)}`;
      case 'clients':
        return text('name');
      case 'users':
        return text('displayName');
      case 'invoices':
        return invoiceName(text('consecutive'));
      case 'movements': {
        const code = textOf('products', text('productId'), 'code');
        return `${capital(text('kind'))} of ${code || text('productId').slice(0, 8)}`;
      }
      case 'shifts':
        return `Shift of ${text('userName')} (${text('openedAt').slice(11, 19)})`;
      default:
        return bare(collection, id);
    }
  };
  return { of, numberOf: (id) => textOf('invoices', id, 'consecutive') };
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** The code alone where the description, as a world gives it, says no more. */
const productName = (code: string, description: string): string =>
  description === `Producto ${code}` ? code : `${code} · ${description}`;

/** Type, terminal and running number: `Ticket 2-15` is the fifteenth ticket of terminal 2. */
function invoiceName(consecutive: string): string {
  const type = TYPES[consecutive.slice(8, 10)] ?? 'Document';
  return `${type} ${Number(consecutive.slice(3, 8))}-${Number(consecutive.slice(10))}`;
}
