import type { Case } from '../../../client/trace/case-schema';
import { checkEnd, type EndView } from '../oracle/check-end';
import { checkServer } from '../oracle/check-server';
import { same } from '../oracle/same';
import { ServerView } from '../oracle/server-view';
import type { Violation } from '../oracle/violation';
import { Bookkeeper } from '../scenario/bookkeeper';
import type { Verdict } from '../scenario/judge';
import type { RunResult } from '../scenario/run-scenario';
import type { Scenario } from '../scenario/schema';
import { passwordOf } from '../seed-store';
import type { TerminalState } from '../terminal/operations';
import { recordedAnswer, replayedAnswer } from './answers';
import { type CaseWorld, caseWorld } from './case-world';
import { ReplayConductor } from './conductor';
import { IdMap } from './id-map';
import {
  isUnheard,
  RECORDED,
  type RecordedMessage,
  recordedMessages,
  type Unheard,
  whatBecameOf,
} from './recorded-messages';
import { Replay } from './replay';
import { startsOf } from './replay-items';

/** One entry that was compared. */
export interface Compared {
  /** Place in the file's `entries`, from 1. */
  entry: number;
  what: string;
  expected: unknown;
  actual: unknown;
  ok: boolean;
}

export interface CaseResult {
  run: RunResult;
  compared: readonly Compared[];
  /** The first entry that was not answered as it was recorded. */
  divergence: Compared | null;
}

/** Runs of one case: what nobody heard may have been done or not, and more than one way may have to be tried. */
const MAX_TRIES = 12;

/**
 * Replays a case, and compares each answer and each end with the recorded one. What nobody heard, and what no later answer
 * decides, is taken as done; where the replay then differs, the nearest of it before that is tried the other way, as long
 * as that goes further.
 */
export async function runCase(file: Case): Promise<CaseResult> {
  const messages = recordedMessages(file.entries);
  const known = new Map<RecordedMessage, Unheard>();
  const open: RecordedMessage[] = [];
  for (const message of messages.filter(isUnheard)) {
    const unheard = whatBecameOf(message, messages);
    if (unheard === null) open.push(message);
    known.set(message, unheard ?? 'done');
  }
  let best = await replayOnce(file, messages, known);
  let tries = 1;
  for (;;) {
    const further = await nextWay();
    if (further === null) return best;
    best = further;
  }

  async function nextWay(): Promise<CaseResult | null> {
    if (best.run.ok) return null;
    const reached = reachOf(best);
    for (const message of open.filter(({ asked }) => asked < reached).toReversed()) {
      if (tries >= MAX_TRIES) return null;
      tries += 1;
      const before = known.get(message) ?? 'done';
      known.set(message, before === 'done' ? 'notDone' : 'done');
      const result = await replayOnce(file, messages, known);
      if (result.run.ok || reachOf(result) > reached) return result;
      known.set(message, before);
    }
    return null;
  }
}

/** The first entry that is answered otherwise: so far a replay goes. */
const reachOf = ({ divergence }: CaseResult): number =>
  divergence?.entry ?? Number.POSITIVE_INFINITY;

async function replayOnce(
  file: Case,
  messages: readonly RecordedMessage[],
  unheard: ReadonlyMap<RecordedMessage, Unheard>,
): Promise<CaseResult> {
  const books = new Bookkeeper();
  const ids = new IdMap();
  const own = { ownEdits: ownEdits(file), bornHere: bornHere(file) };
  const made = await caseWorld(file, { books, ids, ...own, messages });
  const { world } = made;
  try {
    const conductor = new ReplayConductor(messages, {
      actor: made.actor,
      starts: startsOf(file.entries),
      unheard,
    });
    const replay = new Replay({ file, made, conductor, books, ids });
    await replay.run();
    const compared = compare(conductor, replay, ids);
    const isRevoked = messages.some(({ heard }) => heard?.code === 'TERMINAL_REVOKED');
    if (!isRevoked) await settle(made, file);
    const state = await made.terminal.state();
    const terminals: Record<string, TerminalState> = state === null ? {} : { [RECORDED]: state };
    const view = new ServerView(world.server.file);
    const server = Object.fromEntries(
      COLLECTIONS.map((name) => [name, [...view.documents(name).values()]]),
    );
    const moves = view.moves();
    if (!isRevoked && state !== null) {
      const ends: EndView[] = [{ name: RECORDED, ...state }];
      const { ledger } = books;
      books.note(
        [...checkServer(view, ledger), ...checkEnd(ends, { ledger, view })].filter((violation) =>
          isJudged(violation, file, state),
        ),
      );
    }
    view.close();
    const { violations } = books;
    const divergence = compared.find(({ ok }) => !ok) ?? null;
    const scenario = asScenario(file, replay);
    const run: RunResult = {
      scenario,
      ok: divergence === null && violations.length === 0,
      verdicts: verdictsOf(compared, violations),
      violations,
      outcomes: replay.outcomes,
      unusedFaults: [],
      unused: [],
      faults: world.faults.counts,
      trace: world.trace.events,
      digest: world.trace.digest(),
      terminals,
      server,
      moves,
      acknowledged: books.acknowledged,
      states: replay.states.states,
      divergences: [],
      slowestMs: books.slowestMs,
    };
    return { run, compared, divergence };
  } finally {
    await world.close();
  }
}

const COLLECTIONS = ['clients', 'products', 'users', 'invoices', 'movements', 'stock', 'shifts'];

/** Every edit that the recorded terminal made itself. */
const ownEdits = ({ entries, base }: Case): Set<string> =>
  new Set([
    ...entries.flatMap((entry) => {
      if (entry.kind === 'sent') return (entry.rows ?? []).map(({ edit }) => edit);
      if (entry.kind !== 'stored') return [];
      return entry.rows.filter(({ pending }) => pending === 1).map(({ edit }) => edit);
    }),
    ...Object.values(base.documents)
      .flat()
      .filter(({ pending }) => pending === 1)
      .map(({ edit }) => String(edit)),
  ]);

/** Every document that it made and had not sent when the trace began, or made later. */
const bornHere = ({ entries, base }: Case): Set<string> =>
  new Set([
    ...entries
      .flatMap((entry) => (entry.kind === 'stored' ? entry.rows : []))
      .filter(({ ver, before }) => ver === 0 && before === null)
      .map(({ id }) => id),
    ...Object.values(base.documents)
      .flat()
      .filter(({ ver, pending }) => ver === 0 && pending === 1)
      .map(({ id }) => String(id)),
  ]);

function compare(conductor: ReplayConductor, replay: Replay, ids: IdMap): Compared[] {
  const answers = conductor.messages
    .filter(({ recorded }) => !isUnheard(recorded))
    .map(({ recorded, isSent, request, reply }): Compared => {
      const expected = recordedAnswer(recorded, ids);
      const { entry, key: what, heard } = recorded;
      if (!isSent || request === null) {
        return { entry, what, expected, actual: 'was not sent', ok: false };
      }
      /* The line, not the server, answered: there is nothing to compare. */
      const isGiven = reply === null || heard?.code === 'BAD_RESPONSE';
      const actual = isGiven ? expected : replayedAnswer(request, reply, expected);
      return { entry, what, expected, actual, ok: same(expected, actual) };
    });
  const ends = replay.ends.map((end): Compared => ({ ...end, ok: same(end.expected, end.actual) }));
  const extra = conductor.extra.map(
    ({ key, after }): Compared => ({
      entry: after,
      what: key,
      expected: 'no such request',
      actual: 'was sent',
      ok: false,
    }),
  );
  return [...answers, ...ends, ...extra].sort((a, b) => a.entry - b.entry);
}

/** All is well again, and the terminal sends and receives until it has everything. */
async function settle({ world, terminal }: CaseWorld, file: Case): Promise<void> {
  const step = file.entries.length + 1;
  world.trace.add('world', 'step', { step, do: 'settle' });
  terminal.typesPassword = true;
  await terminal.start();
  const active = world.server.context.store.scope(world.storeId);
  const { documents } = await active.documents.page('users', 0, 1000);
  const users = documents.map(
    ({ json }) => JSON.parse(json) as { userName: string; active: boolean },
  );
  const user = users.find((candidate) => candidate.active);
  if (user === undefined) return;
  const { userName } = user;
  await world.do(terminal, { op: 'login', userName, password: passwordOf(userName) });
  for (let round = 0; round < 2; round++) await world.do(terminal, { op: 'sync', unit: 'all' });
}

/**
 * What a case cannot show: numbers of other terminals, and of before the trace, have gaps; and what stands refused at the
 * terminal has taken a number and stock there, and not at the server.
 */
function isJudged({ invariant, message, where }: Violation, file: Case, state: TerminalState) {
  const { store, terminal, documents } = file.base;
  const isRefused = state.rejected.some((record) => record['collectionName'] === 'invoices');
  if (invariant === '4' && where === RECORDED) return !isRefused;
  if (invariant !== '5') return true;
  const isOwn = message.includes(`${store.branch}${String(terminal.number).padStart(5, '0')}`);
  return isOwn && !isRefused && (documents['invoices'] ?? []).length === 0;
}

function verdictsOf(compared: readonly Compared[], violations: readonly Violation[]): Verdict[] {
  return [
    ...compared.map(({ entry, what, expected, actual, ok }): Verdict => {
      const name = `entry ${entry}, ${what}`;
      return {
        expectation: { outcome: { [name]: JSON.stringify(expected) } },
        ok,
        expected: { [name]: JSON.stringify(expected) },
        actual: { [name]: JSON.stringify(actual) },
      };
    }),
    {
      expectation: { invariants: 'hold' },
      ok: violations.length === 0,
      expected: [],
      actual: violations,
    },
  ];
}

/** The case in the form in which a report draws a run. */
function asScenario({ name, base, entries }: Case, replay: Replay): Scenario {
  const first = entries[0]?.at ?? 0;
  return {
    name,
    about: `Replay of a case for QA: ${entries.length} entries from ${new Date(first).toISOString()}.`,
    seed: 1,
    given: {
      products: [],
      clients: [],
      users: [],
      terminals: [{ name: RECORDED, user: base.userName ?? '' }],
    },
    steps: replay.steps.map(({ entry, words }) => ({
      do: 'wait',
      ms: 0,
      note: `entry ${entry}: ${words}`,
    })),
    expect: [{ invariants: 'hold' }],
  } as Scenario;
}
