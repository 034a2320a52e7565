import { type Case, caseSchema } from '../../../client/trace/case-schema';
import { validate } from '../../../schemas/validate';
import { Bookkeeper } from '../scenario/bookkeeper';
import { RunningScenario } from '../scenario/running-scenario';
import type { Scenario } from '../scenario/schema';
import { specOf } from '../scenario/spec-of';
import { World } from '../world';

/** Forgets the oldest part of a terminal's trace, as the ring does when it is full. */
export function forget(world: World, terminal: string, share: number): void {
  const { disk } = world.terminal(terminal);
  const chunks = disk.load('trace').length;
  const gone = Array.from({ length: Math.floor(chunks * share) }, (_, index) => ({
    id: String(index + 1),
    json: '[]',
  }));
  disk.write('trace', gone);
}

/** The case of one terminal, as its operator would export it. */
export async function exportCase(
  world: World,
  terminal: string,
): Promise<{ text: string; file: Case }> {
  const outcome = await world.do(world.terminal(terminal), { op: 'exportCase' });
  if (outcome === null || outcome === 'crashed' || !outcome.ok || outcome.text === undefined) {
    throw new Error(`no case was exported: ${JSON.stringify(outcome)}`);
  }
  const parsed = validate<Case>(caseSchema, JSON.parse(outcome.text));
  if (!parsed.ok) throw new Error(`the case is not of its form: ${parsed.path} ${parsed.message}`);
  return { text: outcome.text, file: parsed.value };
}

/** Runs a scenario with terminals that keep a trace, and exports the case of one of them, as its operator would. */
export async function recordCase(
  scenario: Scenario,
  { terminal = 'T1', forgotten = 0 }: { terminal?: string; forgotten?: number } = {},
): Promise<{ text: string; file: Case; outcomes: string[] }> {
  const { spec, names } = specOf(scenario);
  const books = new Bookkeeper();
  const world = await World.create({ ...spec, records: true }, [books]);
  books.world = world;
  try {
    const run = new RunningScenario({ scenario, world, books, names, recordStates: false });
    await run.steps(false);
    if (forgotten > 0) forget(world, terminal, forgotten);
    return { ...(await exportCase(world, terminal)), outcomes: run.outcomes() };
  } finally {
    await world.close();
  }
}
