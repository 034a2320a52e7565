import fc from 'fast-check';
import { NETWORK_FAULTS, type TerminalCrash } from '../faults';
import {
  always,
  type Draft,
  editClient,
  editProduct,
  inOrder,
  product,
  sell,
  sync,
  USERS,
  write,
} from './draft';

const YEAR_MS = 365 * 24 * 3600 * 1000;

/** A fault on the line, and soon after it a sync that meets it. */
const faultySync = (terminal: string): fc.Arbitrary<Draft> =>
  inOrder(
    fc
      .record({
        fault: fc.constantFrom(...NETWORK_FAULTS),
        count: fc.integer({ min: 1, max: 4 }),
        requests: fc.constantFrom('', 'POST /api/sync', 'POST /api/sync/invoices', 'GET /api/sync'),
      })
      .map(
        ({ fault, count, requests }): Draft =>
          () => [{ do: 'fault', terminal, fault, count, requests }],
      ),
    write(terminal),
    sync(terminal),
  );

/** A crash point, and what passes it. */
const crashing = (terminal: string): fc.Arbitrary<Draft> => {
  const at = (points: readonly TerminalCrash[], max: number): fc.Arbitrary<Draft> =>
    fc.record({ point: fc.constantFrom(...points), nth: fc.integer({ min: 1, max }) }).map(
      ({ point, nth }): Draft =>
        () => [{ do: 'crashAt', terminal, point, nth }],
    );
  const all = always({ do: 'sync', terminal, unit: 'all' });
  return fc.oneof(
    inOrder(at(['terminal.beforeSale', 'terminal.afterSale'], 1), sell(terminal)),
    inOrder(
      at(['terminal.beforeAcknowledge', 'terminal.afterAcknowledge'], 2),
      write(terminal),
      sync(terminal),
    ),
    inOrder(at(['terminal.beforeStore', 'terminal.afterStore.beforeCheckpoint'], 2), all),
    inOrder(at(['terminal.afterCheckpoint', 'terminal.anyWrite'], 12), write(terminal), all),
  );
};

/** Two people type into the same fields; the second one to sync has to merge, and may die while it notes that down. */
const meeting = (terminal: string, other: string): fc.Arbitrary<Draft> => {
  const edits = fc
    .record({
      field: fc.constantFrom('notes', 'price'),
      otherField: fc.constantFrom('notes', 'notes', 'description'),
      product,
      point: fc.option(
        fc.constantFrom<TerminalCrash[]>('terminal.beforeRecord', 'terminal.afterRecord'),
        { nil: undefined },
      ),
    })
    .map(
      ({ field, otherField, product: code, point }): Draft =>
        (next) => {
          const value = (name: string, n: number) => ({
            [name]: name === 'price' ? 100 + n : `valor ${n}`,
          });
          return [
            { do: 'editProduct', terminal, product: code, set: value(field, next()) },
            { do: 'editProduct', terminal: other, product: code, set: value(otherField, next()) },
            { do: 'sync', terminal: other, unit: 'products' },
            ...(point === undefined ? [] : [{ do: 'crashAt', terminal, point } as const]),
            { do: 'sync', terminal, unit: 'all' },
          ];
        },
    );
  return inOrder(edits, fc.oneof(always(), sync(terminal), sync(other)));
};

/** Somebody else takes the desk over, with a connection or without one. */
const takeOver = (terminal: string): fc.Arbitrary<Draft> =>
  fc
    .record({
      user: fc.constantFrom(...USERS.map(({ name }) => name)),
      offline: fc.boolean(),
      logsOut: fc.boolean(),
    })
    .map(
      ({ user, offline, logsOut }): Draft =>
        () => [
          ...(offline ? [{ do: 'offline', terminal } as const] : []),
          ...(logsOut ? [{ do: 'logout', terminal } as const] : []),
          { do: 'login', terminal, user },
        ],
    );

/** What happens at one terminal; `other` is another one. */
export function terminalDrafts(terminal: string, other: string): fc.Arbitrary<Draft> {
  const weighted = (weight: number, arbitrary: fc.Arbitrary<Draft>) => ({ weight, arbitrary });
  return fc.oneof(
    weighted(8, sell(terminal)),
    weighted(3, editProduct(terminal)),
    weighted(3, editClient(terminal)),
    weighted(8, sync(terminal)),
    weighted(6, faultySync(terminal)),
    weighted(6, crashing(terminal)),
    weighted(3, meeting(terminal, other)),
    weighted(1, takeOver(terminal)),
    weighted(1, always({ do: 'crash', terminal })),
    weighted(1, always({ do: 'reload', terminal })),
    weighted(1, always({ do: 'offline', terminal })),
    weighted(3, always({ do: 'online', terminal })),
    weighted(1, always({ do: 'openShift', terminal, cash: 100 })),
    weighted(1, always({ do: 'closeShift', terminal, cash: 100 })),
    weighted(1, always({ do: 'applyMine', terminal })),
    weighted(1, always({ do: 'keepTheirs', terminal })),
    weighted(
      1,
      fc.record({ product, quantity: fc.integer({ min: -5, max: 20 }).filter((n) => n !== 0) }).map(
        ({ product: code, quantity }): Draft =>
          () => [{ do: 'adjust', terminal, product: code, quantity }],
      ),
    ),
    weighted(
      1,
      fc.integer({ min: 0, max: 40 }).map(
        (of): Draft =>
          () => [{ do: 'creditNote', terminal, of: `S${of}` }],
      ),
    ),
    weighted(
      1,
      fc.constant<Draft>((next) => [{ do: 'createClient', terminal, name: `Cliente ${next()}` }]),
    ),
    weighted(
      1,
      fc.constant<Draft>((next) => [
        { do: 'createProduct', terminal, code: `N${next()}`, price: 5 },
      ]),
    ),
    weighted(
      1,
      fc.integer({ min: -10 * YEAR_MS, max: 10 * YEAR_MS }).map(
        (skewMs): Draft =>
          () => [{ do: 'clock', terminal, skewMs }],
      ),
    ),
  );
}
