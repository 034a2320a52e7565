import { clientSchema } from '../../schemas/clients';
import { productSchema } from '../../schemas/products';
import type { ImportedClient, ImportedProduct } from './imported';
import { NEW_CLIENT } from './parse-clients';
import { NEW_PRODUCT } from './parse-products';
import { byLine, type Refusal, type RefusalCode, shownValue } from './refusal';
import { isGoodsCode, parseRetailSales, type RetailRow } from './retail-sales';
import type { TextTable } from './text-table';

/** How many of each thing a sales file was made to say; words for each stand in `import-words`. */
export interface SalesDerivations {
  /** Products whose price is that of their latest sale, since they were sold at several. */
  latestPrice: number;
  /** Products that the file describes in several ways; the latest description is taken. */
  latestDescription: number;
  /** Codes that are no goods (postage, charges, vouchers): services without stock. */
  serviceCode: number;
  /** Prices that had more than two decimals. */
  roundedPrice: number;
  /** Lines of cancellations: they name a customer, but a product's price is not taken from them. */
  cancellationLine: number;
  /** Clients: the file has numbers and countries, so their names are made up from the number. */
  clientName: number;
}

/** Written into the client itself: at a desk nobody remembers where a name came from. */
export const CLIENT_NOTE = 'Nombre puesto al importar: el archivo de ventas solo trae un número.';

const DESCRIPTION_MAX = productSchema.properties.description.maxLength ?? 0;
const CODE_MAX = productSchema.properties.code.maxLength ?? 0;
const CUSTOMER_MAX = clientSchema.properties.identification.maxLength ?? 0;
const ADDRESS_MAX = clientSchema.properties.address.maxLength ?? 0;

/**
 * What a file of real sales (Online Retail) says of products and clients: each stock code with its latest description and
 * price, each CustomerID as a client. A line without a price, a description or a plausible form is refused by itself.
 * The sales themselves are not imported: an invoice is issued at a terminal, or not at all. Throws FILE_HEADER_BAD.
 */
export function deriveFromSales(table: TextTable): {
  products: ImportedProduct[];
  clients: ImportedClient[];
  refused: Refusal[];
  unusedHeaders: readonly string[];
  derived: SalesDerivations;
} {
  const { rows, refused, unusedHeaders } = parseRetailSales(table);
  const refusals = [...refused];
  const latest = new Map<string, RetailRow>();
  const prices = new Map<string, Set<number>>();
  const descriptions = new Map<string, Set<string>>();
  const customers = new Map<string, RetailRow>();
  const derived: SalesDerivations = {
    latestPrice: 0,
    latestDescription: 0,
    serviceCode: 0,
    roundedPrice: 0,
    cancellationLine: 0,
    clientName: 0,
  };
  for (const { kind, row } of rows) {
    const fault = kind === 'adjustment' ? NO_PRICE : faultOf(row);
    if (fault !== null) {
      refusals.push({ line: row.line, ...fault });
      continue;
    }
    if (row.customerId !== '') customers.set(row.customerId, row);
    if (kind === 'cancellation') {
      derived.cancellationLine += 1;
      continue;
    }
    if (row.rounded) derived.roundedPrice += 1;
    const code = row.stockCode;
    const known = latest.get(code);
    if (known === undefined || row.at >= known.at) latest.set(code, row);
    addTo(prices, code, row.unitPrice);
    addTo(descriptions, code, row.description);
  }
  const products = [...latest.values()].map(toProduct);
  const clients = [...customers.values()].map(toClient);
  const several = (sets: ReadonlyMap<string, ReadonlySet<unknown>>): number =>
    [...sets.values()].filter(({ size }) => size > 1).length;
  derived.latestPrice = several(prices);
  derived.latestDescription = several(descriptions);
  derived.serviceCode = products.filter(({ whenNew }) => !whenNew.stocked).length;
  derived.clientName = clients.length;
  return { products, clients, refused: refusals.sort(byLine), unusedHeaders, derived };
}

type Fault = Omit<Refusal, 'line'>;

/** Stock was put right, or something was written off: such a line says nothing of a price. */
const NO_PRICE: Fault = { field: 'UnitPrice', code: 'BAD_PRICE', value: '0' };

function faultOf({ stockCode, description, customerId }: RetailRow): Fault | null {
  if (stockCode.length > CODE_MAX) return fault('StockCode', 'TOO_LONG', stockCode);
  if (description === '') return fault('Description', 'EMPTY_DESCRIPTION', '');
  if (description.length > DESCRIPTION_MAX) return fault('Description', 'TOO_LONG', description);
  const isPlain = /^[0-9A-Za-z-]*$/.test(customerId) && customerId.length <= CUSTOMER_MAX;
  return isPlain ? null : fault('CustomerID', 'BAD_IDENTIFICATION', customerId);
}

const fault = (field: string, code: RefusalCode, value: string): Fault => ({
  field,
  code,
  value: shownValue(value),
});

function addTo<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

function toProduct({ line, stockCode, description, unitPrice }: RetailRow): ImportedProduct {
  const says = { description: description.replaceAll(/\s+/g, ' '), price: unitPrice };
  const isGoods = isGoodsCode(stockCode);
  const kind = { unit: isGoods ? ('Unid' as const) : ('Sp' as const), stocked: isGoods };
  const whenNew = { ...NEW_PRODUCT, ...says, ...kind, code: stockCode };
  return { line, foundBy: 'code', says, whenNew, opening: null };
}

/** Nothing of it changes a client that is there: the number finds it, and the rest is made up or only a country. */
function toClient({ line, customerId, country }: RetailRow): ImportedClient {
  const name = `Cliente ${customerId}`;
  const identity = { identificationType: '05' as const, identification: customerId };
  const address = country.slice(0, ADDRESS_MAX);
  const whenNew = { ...NEW_CLIENT, name, ...identity, address, notes: CLIENT_NOTE };
  return { line, says: {}, whenNew };
}
