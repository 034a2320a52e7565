import fc from 'fast-check';
import { SERVER_CRASHES } from '../faults';
import { always, type Draft, inOrder, product, sell, USERS, write } from './draft';

/** A fault at the server, and a sync of a terminal that meets it. */
const faultyServer = (terminal: string): fc.Arbitrary<Draft> =>
  inOrder(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .record({
            point: fc.constantFrom(...SERVER_CRASHES),
            nth: fc.integer({ min: 1, max: 2 }),
            downMs: fc.integer({ min: 100, max: 30_000 }),
          })
          .map(
            (crash): Draft =>
              () => [{ do: 'serverCrashAt', ...crash }],
          ),
      },
      {
        weight: 1,
        arbitrary: fc.integer({ min: 1, max: 4 }).map(
          (times): Draft =>
            () => [{ do: 'serverDiskFull', times }],
        ),
      },
    ),
    write(terminal),
    sell(terminal),
    always({ do: 'sync', terminal, unit: 'all' }),
  );

/** The owner changes a user; who they work as is the terminals' affair. */
const userChange: fc.Arbitrary<Draft> = fc
  .record({
    user: fc.constantFrom(...USERS.map(({ name }) => name)),
    change: fc.constantFrom<({ role: 'cashier' | 'supervisor' } | { active: boolean })[]>(
      { role: 'cashier' },
      { role: 'supervisor' },
      { active: false },
      { active: true },
    ),
  })
  .map(
    ({ user, change }): Draft =>
      () => [{ do: 'setUser', user, ...change }],
  );

const edit: fc.Arbitrary<Draft> = fc
  .record({ product, field: fc.constantFrom('description', 'price') })
  .map(
    ({ product: code, field }): Draft =>
      (next) => {
        const n = next();
        const set = { [field]: field === 'price' ? 100 + n : `valor ${n}` };
        return [{ do: 'serverEditProduct', product: code, set }];
      },
  );

/** A day that the server forgets: what was sent after the backup has to come back from the terminals. */
const restored = (terminal: string): fc.Arbitrary<Draft> =>
  inOrder(
    always({ do: 'backup', name: 'B' }),
    write(terminal),
    sell(terminal),
    always({ do: 'sync', terminal, unit: 'all' }),
    fc.oneof(always(), write(terminal)),
    always({ do: 'restore', name: 'B' }),
    fc.oneof(always(), always({ do: 'sync', terminal, unit: 'all' })),
  );

/** All sales so far but the newest leave the terminals, while some are still on their way. */
const archived = (terminal: string): fc.Arbitrary<Draft> =>
  inOrder(
    sell(terminal),
    sell(terminal),
    always({ do: 'sync', terminal, unit: 'all' }),
    fc.oneof(always(), sell(terminal)),
    always({ do: 'cut', days: 0 }),
    fc.oneof(always(), always({ do: 'sync', terminal, unit: 'all' })),
  );

/** What happens at the server; `terminal` is any one. */
export function serverDrafts(terminal: string): fc.Arbitrary<Draft> {
  return fc.oneof(
    { weight: 8, arbitrary: faultyServer(terminal) },
    { weight: 1, arbitrary: always({ do: 'serverCrash', downMs: 3_000 }) },
    { weight: 2, arbitrary: always({ do: 'expireSessions' }) },
    { weight: 1, arbitrary: restored(terminal) },
    { weight: 1, arbitrary: always({ do: 'backup', name: 'B' }) },
    { weight: 1, arbitrary: always({ do: 'restore', name: 'B' }) },
    { weight: 2, arbitrary: userChange },
    { weight: 2, arbitrary: edit },
    { weight: 2, arbitrary: archived(terminal) },
  );
}
