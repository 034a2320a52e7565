import { runHistories } from '../world/fuzz/run-histories';
import { USUAL_BOUNDS } from '../world/fuzz/usual-bounds';

/* Run inside of a mutant's tree: histories until one breaks an invariant; prints what it was as JSON. */
const [, , histories = '500', seed = '1'] = process.argv;
const report = await runHistories({
  histories: Number(histories),
  seed: Number(seed),
  ...USUAL_BOUNDS,
  stopAtFailure: true,
});
const [failure] = report.failures;
console.log(
  JSON.stringify({
    ran: report.ran,
    seed: failure?.seed ?? null,
    first: failure?.violations[0] ?? null,
  }),
);
