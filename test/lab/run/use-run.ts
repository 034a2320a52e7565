import { useCallback, useEffect, useRef, useState } from 'react';
import type { Scenario } from '../../world/scenario/schema';
import { type ConflictCase, casesIn } from './conflict-cases';
import type { Ending, Moment } from './moment';
import type { FromWorld, ToWorld } from './run-messages';

/** A run as the screen has it. */
export interface RunView {
  readonly moment: Moment | null;
  /** The moment before: what is different now has changed in this step. */
  readonly before: Moment | null;
  readonly cases: readonly ConflictCase[];
  readonly ending: Ending | null;
  readonly failure: string | null;
  readonly isWorking: boolean;
}

const BEGINNING: RunView = {
  moment: null,
  before: null,
  cases: [],
  ending: null,
  failure: null,
  isWorking: true,
};

/** Runs a scenario in a worker of its own, which ends with the screen. */
export function useRun(scenario: Scenario) {
  const [view, setView] = useState<RunView>(BEGINNING);
  const [attempt, setAttempt] = useState(0);
  const worker = useRef<Worker | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is a new world
  useEffect(() => {
    setView(BEGINNING);
    const world = new Worker(new URL('./world-worker.ts', import.meta.url), { type: 'module' });
    worker.current = world;
    const take = (message: FromWorld): void => setView((known) => taken(known, message));
    world.onmessage = ({ data }: MessageEvent<FromWorld>) => take(data);
    world.onerror = ({ message }) => take({ type: 'failed', message });
    world.postMessage({ type: 'open', scenario } satisfies ToWorld);
    return () => world.terminate();
  }, [scenario, attempt]);

  const ask = useCallback((message: ToWorld): void => {
    setView((known) => ({ ...known, isWorking: true }));
    worker.current?.postMessage(message);
  }, []);
  return {
    view,
    step: useCallback(() => ask({ type: 'step' }), [ask]),
    toEnd: useCallback(() => ask({ type: 'end' }), [ask]),
    restart: useCallback(() => setAttempt((last) => last + 1), []),
  };
}

function taken(known: RunView, message: FromWorld): RunView {
  switch (message.type) {
    case 'moment': {
      const { moment, isPassing } = message;
      return {
        ...known,
        moment,
        before: known.moment,
        cases: [...casesIn(moment), ...known.cases],
        isWorking: isPassing,
      };
    }
    case 'ended':
      return { ...known, ending: message.ending, isWorking: false };
    case 'failed':
      return { ...known, failure: message.message, isWorking: false };
  }
}
