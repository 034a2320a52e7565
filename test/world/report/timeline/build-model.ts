import type { RunResult } from '../../scenario/run-scenario';
import type { Scenario } from '../../scenario/schema';
import type { TraceEvent } from '../../trace';
import { detailsOfMessage } from '../words/message-words';
import type { Names } from '../words/names';
import { whoOfStep, wordsOfStep } from '../words/step-words';
import { arrowsOf } from './arrows-of';
import { axisOf, spanText, timeText } from './axis';
import { marksOf } from './marks-of';
import { messagesOf } from './messages';
import type { StepMark, TimelineModel, Tone } from './model';
import { spansOf } from './spans-of';

/** Room that an event needs so that it does not stand on the next one, units. */
const ROOM: Readonly<Record<string, number>> = {
  step: 60,
  'crash point': 15,
  crashes: 15,
  starts: 15,
  reloads: 15,
};

/** Texts, each once, by index. */
export class Texts {
  readonly list: string[] = [];
  readonly #known = new Map<string, number>();

  add(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.list.push(text);
    this.#known.set(text, this.list.length - 1);
    return this.list.length - 1;
  }
}

/** What the builders of spans, arrows and marks are given. */
export interface Draft {
  result: RunResult;
  trace: readonly TraceEvent[];
  /** Place of an event of the trace. */
  placeOf(event: number): number;
  /** Index of a lane; -1 where there is none. */
  laneOf(who: string): number;
  end: number;
  texts: Texts;
}

/** The timeline of a run. */
export function timelineModel(result: RunResult, names: Names): TimelineModel {
  /* The world's own end: every terminal is closed, which nobody asks about. */
  const trace = result.trace.filter(({ what }) => what !== 'closes');
  const { axis, places } = axisOf(trace.map(({ at, what }) => ({ at, room: ROOM[what] ?? 0 })));
  const lanes = lanesOf(result, trace);
  const texts = new Texts();
  const draft: Draft = {
    result,
    trace,
    placeOf: (event) => places[event] ?? axis.end,
    laneOf: (who) => lanes.findIndex(({ name }) => name === who),
    end: axis.end,
    texts,
  };
  const steps = stepsOf(draft);
  const messages = messagesOf(trace);
  const detailsOf = new Map(
    messages.map((message) => [message.number, texts.add(detailsOfMessage(message, names))]),
  );
  return {
    axis,
    lanes,
    setUpEnd: steps[0]?.from ?? 0,
    steps,
    spans: spansOf(draft),
    arrows: arrowsOf(messages, draft, (message) => detailsOf.get(message.number) ?? 0),
    marks: marksOf(messages, draft, (message) => detailsOf.get(message.number) ?? 0),
    details: texts.list,
  };
}

function lanesOf({ scenario }: RunResult, trace: readonly TraceEvent[]): TimelineModel['lanes'] {
  const given = scenario.given.terminals.map(({ name, user, skewMs = 0 }) => ({
    name,
    note:
      skewMs === 0 ? user : `${user}, clock ${skewMs > 0 ? '+' : '−'}${spanText(Math.abs(skewMs))}`,
  }));
  const known = new Set(['server', 'world', ...given.map(({ name }) => name)]);
  const later = [...new Set(trace.map(({ who }) => who))]
    .filter((who) => !known.has(who))
    .map((name) => ({ name, note: originOf(scenario, name) }));
  return [{ name: 'server', note: '' }, ...given, ...later];
}

/** Where a terminal comes from that was not there when the scenario began. */
function originOf({ steps }: Scenario, name: string): string {
  const copy = steps.find((step) => step.do === 'copyProfile' && step.to === name);
  return copy !== undefined && 'terminal' in copy ? `copy of ${copy.terminal}` : 'came later';
}

function stepsOf({ result, trace, placeOf, end, texts }: Draft): StepMark[] {
  const starts = [...trace.entries()].filter(
    ([, { who, what }]) => who === 'world' && what === 'step',
  );
  return starts.map(([event, { at, details }], index) => {
    const number = Number(details['step']);
    const step = result.scenario.steps[number - 1];
    const outcome = result.outcomes[number - 1] ?? '';
    const words =
      step === undefined ? 'all terminals sync until they have everything' : wordsOfStep(step);
    const who = step === undefined ? '' : whoOfStep(step);
    const next = starts[index + 1]?.[0];
    const lines = [
      `Step ${step === undefined ? 'at the end' : number}: ${who === '' ? '' : `${who} `}${words}`,
      `at ${timeText(at)}${outcome === '' ? '' : ` · ended: ${outcome}`}`,
      ...(step !== undefined && 'note' in step && step.note !== undefined ? [step.note] : []),
    ];
    return {
      step: number,
      from: placeOf(event),
      to: next === undefined ? end : placeOf(next),
      label: `${who === '' ? '' : `${who} `}${words}`,
      tone: toneOfOutcome(outcome),
      details: texts.add(lines.join('\n')),
    };
  });
}

/** An error that a person was told of is worth a look; whether it is wrong, the expectations say. */
export const toneOfOutcome = (outcome: string): Tone =>
  outcome === '' || outcome === 'ok' ? 'plain' : 'warn';
