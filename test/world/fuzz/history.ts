import fc from 'fast-check';
import { NETWORK_FAULTS, SERVER_CRASHES, TERMINAL_CRASHES } from '../faults';
import type { Scenario, Step } from '../scenario/schema';

/*
 * Random histories are scenarios: plain data that shrinks, prints and replays. A value that is typed into a field is
 * unique in its history, so that the ledger can follow it.
 */

const PRODUCTS = ['P1', 'P2', 'P3', 'P4'] as const;
const CLIENTS = ['Ana', 'Luis'] as const;
const YEAR_MS = 365 * 24 * 3600 * 1000;

/** A step before its values are made unique: `n` is its place in the history. */
type Draft = (n: number) => Step;

const fixed =
  (step: Step): Draft =>
  () =>
    step;

/** Steps of one terminal. */
function stepsOf(terminal: string): fc.Arbitrary<Draft> {
  const background = fc.boolean();
  const product = fc.constantFrom(...PRODUCTS);
  const client = fc.constantFrom(...CLIENTS);
  const sell = fc
    .record({
      lines: fc.uniqueArray(product, { minLength: 1, maxLength: 3 }),
      quantity: fc.integer({ min: 1, max: 5 }),
      client: fc.option(client, { nil: undefined }),
      background,
    })
    .map(
      ({ lines, quantity, client: name, background: behind }): Draft =>
        (n) => ({
          do: 'sell',
          terminal,
          lines: Object.fromEntries(lines.map((code, index) => [code, quantity + index])),
          as: `S${n}`,
          background: behind,
          ...(name === undefined ? {} : { client: name }),
        }),
    );
  const editProduct = fc
    .record({ product, field: fc.constantFrom('description', 'notes', 'price'), background })
    .map(
      ({ product: code, field, background: behind }): Draft =>
        (n) => ({
          do: 'editProduct',
          terminal,
          product: code,
          set: { [field]: field === 'price' ? 100 + n : `valor ${n}` },
          background: behind,
        }),
    );
  const editClient = fc
    .record({ client, field: fc.constantFrom('phone', 'notes', 'address'), background })
    .map(
      ({ client: name, field, background: behind }): Draft =>
        (n) => ({
          do: 'editClient',
          terminal,
          client: name,
          set: { [field]: `valor ${n}` },
          background: behind,
        }),
    );
  const sync = fc
    .record({ unit: fc.constantFrom('clients', 'products', 'all', 'all', 'all'), background })
    .map(({ unit, background: behind }) =>
      fixed({ do: 'sync', terminal, unit: unit as 'all', background: behind }),
    );
  const fault = fc
    .record({
      fault: fc.constantFrom(...NETWORK_FAULTS),
      count: fc.integer({ min: 1, max: 5 }),
      requests: fc.constantFrom('', 'POST /api/sync', 'GET /api/sync'),
    })
    .map(({ fault: name, count, requests }) =>
      fixed({ do: 'fault', terminal, fault: name, count, requests }),
    );
  const crashAt = fc
    .record({
      point: fc.constantFrom(...TERMINAL_CRASHES),
      nth: fc.integer({ min: 1, max: 6 }),
    })
    .map(({ point, nth }) => fixed({ do: 'crashAt', terminal, point, nth }));
  const simple = (step: Step): fc.Arbitrary<Draft> => fc.constant(fixed(step));
  return fc.oneof(
    { weight: 8, arbitrary: sell },
    { weight: 4, arbitrary: editProduct },
    { weight: 3, arbitrary: editClient },
    { weight: 8, arbitrary: sync },
    { weight: 4, arbitrary: fault },
    { weight: 3, arbitrary: crashAt },
    { weight: 2, arbitrary: simple({ do: 'start', terminal }) },
    { weight: 1, arbitrary: simple({ do: 'crash', terminal }) },
    { weight: 1, arbitrary: simple({ do: 'reload', terminal }) },
    { weight: 1, arbitrary: simple({ do: 'offline', terminal }) },
    { weight: 2, arbitrary: simple({ do: 'online', terminal }) },
    { weight: 1, arbitrary: simple({ do: 'openShift', terminal, cash: 100 }) },
    { weight: 1, arbitrary: simple({ do: 'closeShift', terminal, cash: 100 }) },
    { weight: 1, arbitrary: simple({ do: 'applyMine', terminal }) },
    { weight: 1, arbitrary: simple({ do: 'keepTheirs', terminal }) },
    {
      weight: 1,
      arbitrary: fc
        .record({ product, quantity: fc.integer({ min: -5, max: 20 }).filter((n) => n !== 0) })
        .map(({ product: code, quantity }) =>
          fixed({ do: 'adjust', terminal, product: code, quantity }),
        ),
    },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 0, max: 30 })
        .map((of) => fixed({ do: 'creditNote', terminal, of: `S${of}` })),
    },
    {
      weight: 1,
      arbitrary: fc.constant(
        (n: number): Step => ({
          do: 'createClient',
          terminal,
          name: `Cliente ${n}`,
        }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: -10 * YEAR_MS, max: 10 * YEAR_MS })
        .map((skewMs) => fixed({ do: 'clock', terminal, skewMs })),
    },
  );
}

const serverSteps: fc.Arbitrary<Draft> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        point: fc.constantFrom(...SERVER_CRASHES),
        nth: fc.integer({ min: 1, max: 4 }),
        downMs: fc.integer({ min: 100, max: 30_000 }),
      })
      .map((crash) => fixed({ do: 'serverCrashAt', ...crash })),
  },
  { weight: 1, arbitrary: fc.constant(fixed({ do: 'serverCrash', downMs: 3_000 })) },
  { weight: 1, arbitrary: fc.constant(fixed({ do: 'expireSessions' })) },
  { weight: 1, arbitrary: fc.constant(fixed({ do: 'backup', name: 'B' })) },
  { weight: 1, arbitrary: fc.constant(fixed({ do: 'restore', name: 'B' })) },
);

/** Sales that later steps name must exist, and a backup must have been made before it can be put back. */
function consistent(steps: readonly Step[]): Step[] {
  const sold = new Set<string>();
  let hasBackup = false;
  return steps.filter((step) => {
    if (step.do === 'sell' && step.as !== undefined) sold.add(step.as);
    if (step.do === 'backup') hasBackup = true;
    if (step.do === 'creditNote') return sold.has(step.of);
    return step.do !== 'restore' || hasBackup;
  });
}

/** Histories of 2 to `maxTerminals` terminals. */
export function histories({ maxTerminals = 5, maxSteps = 40 } = {}): fc.Arbitrary<Scenario> {
  return fc
    .record({
      seed: fc.integer({ min: 0, max: 0xffffffff }),
      terminals: fc.integer({ min: 2, max: maxTerminals }),
    })
    .chain(({ seed, terminals }) => {
      const names = Array.from({ length: terminals }, (_, index) => `T${index + 1}`);
      const draft = fc.oneof(...names.map((name) => ({ weight: 6, arbitrary: stepsOf(name) })), {
        weight: terminals,
        arbitrary: serverSteps,
      });
      const timed = fc.record({ draft, wait: fc.constantFrom(0, 0, 0, 10, 200, 5_000) });
      return fc.array(timed, { minLength: 4, maxLength: maxSteps, size: 'max' }).map(
        (drafts): Scenario => ({
          name: 'history',
          seed,
          given: {
            products: PRODUCTS.map((code, index) => ({ code, price: 10 + index, stock: 10 })),
            clients: CLIENTS.map((name) => ({ name })),
            users: [{ name: 'rosa', role: 'supervisor' }],
            terminals: names.map((name) => ({ name, user: 'rosa' })),
          },
          steps: consistent(
            drafts.map(({ draft: make, wait }, n) => ({
              ...make(n),
              ...(wait > 0 ? { wait } : {}),
            })),
          ).concat({ do: 'settle' }),
          expect: [{ invariants: 'hold' }],
        }),
      );
    });
}
