import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runHistories } from '../world/fuzz/run-histories';
import { USUAL_BOUNDS } from '../world/fuzz/usual-bounds';
import type { Violation } from '../world/oracle/violation';
import { readScenarioFile } from '../world/scenario/read-scenario';
import { runScenario } from '../world/scenario/run-scenario';

/* Run inside of a mutant's tree: histories until one breaks an invariant, else what was kept of earlier ones and QA's own; prints JSON. */
const KEPT = [path.join('test', 'scenarios', 'found'), path.join('test', 'scenarios')];
const [, , histories = '500', seed = '1'] = process.argv;
const report = await runHistories({
  histories: Number(histories),
  seed: Number(seed),
  ...USUAL_BOUNDS,
  stopAtFailure: true,
});
const [failure] = report.failures;
const kept = failure === undefined ? await firstKept() : null;
console.log(
  JSON.stringify({
    ran: report.ran,
    seed: failure?.seed ?? null,
    kept: kept?.file ?? null,
    first: failure?.violations[0] ?? kept?.violation ?? null,
  }),
);

/** The first of the kept scenarios that breaks something. */
async function firstKept(): Promise<{ file: string; violation: Violation } | null> {
  const files = KEPT.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => path.join(folder, name)),
  );
  for (const file of files) {
    const { violations } = await runScenario(readScenarioFile(file).scenario);
    if (violations[0] !== undefined) return { file, violation: violations[0] };
  }
  return null;
}
