import fc from 'fast-check';
import type { Scenario, Step } from '../scenario/schema';
import { always, CLIENTS, type Draft, PRODUCTS, USERS } from './draft';
import { serverDrafts } from './server-drafts';
import { terminalDrafts } from './terminal-drafts';

/* Random histories are scenarios: plain data that shrinks, prints and replays. */

export interface HistoryBounds {
  minTerminals?: number;
  maxTerminals?: number;
  /** Drafts, of one to five steps each. */
  maxDrafts?: number;
}

/** Histories of `minTerminals` to `maxTerminals` terminals. */
export function histories({
  minTerminals = 2,
  maxTerminals = 5,
  maxDrafts = 30,
}: HistoryBounds = {}): fc.Arbitrary<Scenario> {
  return fc
    .record({
      seed: fc.integer({ min: 0, max: 0xffffffff }),
      terminals: fc.integer({ min: minTerminals, max: maxTerminals }),
      pullPage: fc.constantFrom(2, 3, 1000),
      pushRows: fc.constantFrom(2, 500),
      /* Rare: each makes some of what must otherwise hold a matter of course. */
      rare: fc.constantFrom<(Step['do'] | null)[]>(...Array(7).fill(null), 'copyProfile', 'reset'),
    })
    .chain(({ terminals, rare, ...given }) => {
      const names = Array.from({ length: terminals }, (_, index) => `T${index + 1}`);
      const draft = fc.oneof(
        ...names.map((name, index) => ({
          weight: 6,
          arbitrary: terminalDrafts(name, names[(index + 1) % terminals] ?? name),
        })),
        { weight: terminals * 2, arbitrary: fc.constantFrom(...names).chain(serverDrafts) },
        { weight: rare === 'copyProfile' ? 1 : 0, arbitrary: copies(names) },
        { weight: rare === 'reset' ? 2 : 0, arbitrary: resets(names) },
      );
      const timed = fc.record({ draft, wait: fc.constantFrom(0, 0, 0, 10, 200, 5_000) });
      return fc
        .array(timed, { minLength: 4, maxLength: maxDrafts, size: 'max' })
        .map((drafts) => scenarioOf({ ...given, names, drafts }));
    });
}

const copies = (names: readonly string[]): fc.Arbitrary<Draft> =>
  fc.constantFrom(...names).map(
    (terminal): Draft =>
      () => [{ do: 'copyProfile', terminal, to: 'K1' }],
  );

const resets = (names: readonly string[]): fc.Arbitrary<Draft> =>
  fc
    .constantFrom(...names)
    .chain((terminal) => always({ do: 'reset', terminal }, { do: 'login', terminal }));

function scenarioOf({
  seed,
  names,
  drafts,
  pullPage,
  pushRows,
}: {
  seed: number;
  names: readonly string[];
  drafts: readonly { draft: Draft; wait: number }[];
  pullPage: number;
  pushRows: number;
}): Scenario {
  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  const steps = drafts.flatMap(({ draft, wait }) =>
    draft(next).map((step, index) => (index === 0 && wait > 0 ? { ...step, wait } : step)),
  );
  return {
    name: 'A random history',
    seed,
    unusedFaults: 'allowed',
    given: {
      products: PRODUCTS.map((code, index) => ({ code, price: 10 + index, stock: 10 })),
      clients: CLIENTS.map((name) => ({ name })),
      users: [...USERS],
      terminals: names.map((name) => ({ name, user: USERS[0].name })),
      ...(pullPage === 1000 ? {} : { pullPage }),
      ...(pushRows === 500 ? {} : { pushRows }),
    },
    steps: [...consistent(steps), ...reconciled(steps), { do: 'settle' }],
    expect: [{ invariants: 'hold' }],
  };
}

/**
 * The steps that can be carried out: a sale that a later step names was made before, a backup that is put back as well,
 * and it knows every terminal that there is; a profile is copied once, and of one enrolment.
 */
export function consistent(steps: readonly Step[]): Step[] {
  const sold = new Set<string>();
  let hasBackup = false;
  let hasCopy = false;
  const reset = new Set<string>();
  return steps.filter((step) => {
    if (step.do === 'sell' && step.as !== undefined) sold.add(step.as);
    if (step.do === 'backup') hasBackup = true;
    if (step.do === 'reset') {
      /* A server that is put back to before an enrolment does not know the terminal: it has to be enrolled again. */
      hasBackup = false;
      reset.add(step.terminal);
    }
    /* What a cut dropped from the terminals, they cannot give back: a backup has to be younger than the days kept. */
    if (step.do === 'cut') hasBackup = false;
    if (step.do === 'copyProfile') {
      if (hasCopy) return false;
      hasCopy = true;
    }
    if (step.do === 'creditNote') return sold.has(step.of);
    return step.do !== 'restore' || hasBackup;
  });
}

/** At the end everybody is what they were at the beginning, so that everybody can sync. */
function reconciled(steps: readonly Step[]): Step[] {
  const changed = new Set(steps.flatMap((step) => (step.do === 'setUser' ? [step.user] : [])));
  return USERS.filter(({ name }) => changed.has(name)).map(({ name, role }) => ({
    do: 'setUser',
    user: name,
    role,
    active: true,
  }));
}
