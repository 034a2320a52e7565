import fc from 'fast-check';
import type { Step } from '../scenario/schema';

/*
 * What random histories are made of. A draft is a few steps that belong together, before its values are made unique: a
 * value that is typed into a field stands once in a history, so that the ledger can follow it.
 */
export type Draft = (next: () => number) => Step[];

export const PRODUCTS = ['P1', 'P2', 'P3', 'P4'] as const;
export const CLIENTS = ['Ana', 'Luis'] as const;
/** The first works everywhere at the beginning; the others come and go. */
export const USERS = [
  { name: 'rosa', role: 'supervisor' },
  { name: 'olga', role: 'owner' },
  { name: 'juan', role: 'cashier' },
  { name: 'ines', role: 'supervisor' },
] as const;

export const product = fc.constantFrom(...PRODUCTS);
export const client = fc.constantFrom(...CLIENTS);

export const always = (...steps: Step[]): fc.Arbitrary<Draft> => fc.constant(() => steps);

/** Drafts one after the other, as one. */
export const inOrder = (...drafts: fc.Arbitrary<Draft>[]): fc.Arbitrary<Draft> =>
  fc.tuple(...drafts).map(
    (made): Draft =>
      (next) =>
        made.flatMap((draft) => draft(next)),
  );

export const sell = (terminal: string): fc.Arbitrary<Draft> =>
  fc
    .record({
      lines: fc.uniqueArray(product, { minLength: 1, maxLength: 3 }),
      quantity: fc.integer({ min: 1, max: 5 }),
      client: fc.option(client, { nil: undefined }),
      background: fc.boolean(),
    })
    .map(
      ({ lines, quantity, client: name, background }): Draft =>
        (next) => [
          {
            do: 'sell',
            terminal,
            lines: Object.fromEntries(lines.map((code, index) => [code, quantity + index])),
            as: `S${next()}`,
            background,
            ...(name === undefined ? {} : { client: name }),
          },
        ],
    );

export const editProduct = (terminal: string): fc.Arbitrary<Draft> =>
  fc
    .record({
      product,
      field: fc.constantFrom('description', 'notes', 'price'),
      background: fc.boolean(),
    })
    .map(
      ({ product: code, field, background }): Draft =>
        (next) => {
          const n = next();
          const set = { [field]: field === 'price' ? 100 + n : `valor ${n}` };
          return [{ do: 'editProduct', terminal, product: code, set, background }];
        },
    );

export const editClient = (terminal: string): fc.Arbitrary<Draft> =>
  fc
    .record({
      client,
      field: fc.constantFrom('phone', 'notes', 'address'),
      background: fc.boolean(),
    })
    .map(
      ({ client: name, field, background }): Draft =>
        (next) => [
          {
            do: 'editClient',
            terminal,
            client: name,
            set: { [field]: `valor ${next()}` },
            background,
          },
        ],
    );

/** Any write that a sync has to send. */
export const write = (terminal: string): fc.Arbitrary<Draft> =>
  fc.oneof(
    { weight: 4, arbitrary: sell(terminal) },
    { weight: 2, arbitrary: editProduct(terminal) },
    { weight: 2, arbitrary: editClient(terminal) },
  );

export const sync = (
  terminal: string,
  { background }: { background?: boolean } = {},
): fc.Arbitrary<Draft> =>
  fc
    .record({
      unit: fc.constantFrom<('clients' | 'products' | 'all')[]>(
        'clients',
        'products',
        'all',
        'all',
        'all',
      ),
      background: background === undefined ? fc.boolean() : fc.constant(background),
    })
    .map(
      ({ unit, background: behind }): Draft =>
        () => [{ do: 'sync', terminal, unit, background: behind }],
    );
