import '../machine/globals';
import initSqlite from 'sql.js';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { type RunMoment, runScenario, stepsOf } from '../../world/scenario/run-scenario';
import { provideSqlite } from '../machine/libsql';
import { readMoment } from './read-moment';
import type { FromWorld, ToWorld } from './run-messages';

/*
 * A world of its own in a worker: server, terminals and network of one scenario, from its first step to its verdicts.
 * Between two steps it waits to be told to go on. Nothing of it leaves this thread; whoever has enough of it ends it.
 */

const say = (message: FromWorld): void => postMessage(message);

/** Least time between two moments that are only passed through. */
const SHOWN_EVERY_MS = 150;

let goOn: (() => void) | null = null;
let isStepping = true;

async function run(scenario: Extract<ToWorld, { type: 'open' }>['scenario']): Promise<void> {
  provideSqlite(await initSqlite({ locateFile: () => wasmUrl }));
  let messagesFrom = 0;
  let shownAt = 0;
  const afterStep = async (moment: RunMoment): Promise<void> => {
    /* On the way to the end the screen is shown what it can follow, and the last steps in any case. */
    const isLast = moment.step === stepsOf(scenario);
    if (!isStepping && !isLast && performance.now() - shownAt < SHOWN_EVERY_MS) return;
    shownAt = performance.now();
    const isPassing = !isStepping || isLast;
    say({ type: 'moment', moment: readMoment(moment, { messagesFrom }), isPassing });
    messagesFrom = moment.world.trace.events.length;
    if (isPassing) return;
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
  };
  const { ok, verdicts, unusedFaults, digest } = await runScenario(scenario, { afterStep });
  say({ type: 'ended', ending: { ok, verdicts, unusedFaults, digest } });
}

addEventListener('message', ({ data }: MessageEvent<ToWorld>) => {
  if (data.type === 'open') {
    run(data.scenario).catch((error: unknown) => {
      say({ type: 'failed', message: error instanceof Error ? `${error.stack}` : String(error) });
    });
    return;
  }
  if (data.type === 'end') isStepping = false;
  goOn?.();
  goOn = null;
});
