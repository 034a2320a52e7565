import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { InvoiceFlag } from '../../../schemas/invoices';
import { COLLECTION_NAMES } from '../../../schemas/registry';
import { ClientFields, Money, oneOf, ProductFields, perName, Whole } from './schema-parts';

/** What can be said of a sale, as the server holds it. */
export const saleFactsSchema = Type.Partial(
  Type.Object({
    total: Money,
    price: Type.Unsafe<number>({ ...Money, description: 'Unit price of its first line.' }),
    description: Type.String({ description: 'Of its first line.' }),
    client: Type.String({ description: 'Name of the client that it carries.' }),
    number: Type.Integer({ minimum: 1, description: 'Running number of its consecutive.' }),
    flags: Type.Array(InvoiceFlag),
    stored: Type.Boolean({ description: 'Whether the server has it.' }),
  }),
  { additionalProperties: false, minProperties: 1 },
);

export type SaleFacts = Static<typeof saleFactsSchema>;

const expectation = <K extends string, T extends TSchema>(key: K, value: T) =>
  Type.Object({ [key]: value } as Record<K, T>, { additionalProperties: false, title: key });

const byCollection = Type.Partial(
  Type.Object(Object.fromEntries(COLLECTION_NAMES.map((name) => [name, Whole]))),
  {
    additionalProperties: false,
    minProperties: 1,
    description: 'Collection -> documents at the server.',
  },
);

/** Members by the one key that each has. */
export const EXPECTATION_SCHEMAS = [
  expectation(
    'invariants',
    Type.Literal('hold', { description: 'All invariants of the design, checked.' }),
  ),
  expectation('stock', perName(Type.Number(), 'Product code -> units at the server.')),
  expectation(
    'shownStock',
    perName(perName(Type.Number(), 'Product code -> units.'), 'Terminal -> stock on its screen.'),
  ),
  expectation('pending', perName(Whole, 'Terminal -> documents still pending.')),
  expectation('conflicts', perName(Whole, 'Terminal -> open conflicts.')),
  expectation('rejected', perName(Whole, 'Terminal -> refused documents.')),
  expectation('invoicesHeld', perName(Whole, 'Terminal -> invoices on it.')),
  expectation(
    'incomplete',
    perName(Whole, 'Terminal -> collections without which it does not sell.'),
  ),
  expectation(
    'session',
    perName(oneOf(['signedIn', 'signedOut', 'unenrolled'], 'State.'), 'Terminal -> who is in.'),
  ),
  expectation('count', Type.Unsafe<Record<string, number>>(byCollection)),
  expectation('product', perName(ProductFields, 'Product code -> field -> value at the server.')),
  expectation(
    'client',
    perName(ClientFields, 'Client name when it began -> field -> value at the server.'),
  ),
  expectation('sale', perName(saleFactsSchema, 'Label of a sale -> what the server holds.')),
  expectation('flags', perName(Whole, 'Flag -> invoices at the server that have it.')),
  expectation('audit', perName(Whole, 'Action -> entries in the owner’s journal.')),
  expectation(
    'keptAside',
    Type.Integer({ minimum: 0, description: 'Bodies of revoked terminals, kept for the owner.' }),
  ),
  expectation(
    'requests',
    perName(Whole, 'Beginning of METHOD and path -> requests that reached the server.'),
  ),
  expectation(
    'outcome',
    perName(Type.String(), 'Step number, from 1 -> ok, or the error code with which it ended.'),
  ),
] as const;

export const expectationSchema = Type.Union([...EXPECTATION_SCHEMAS]);
