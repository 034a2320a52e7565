import type { RunReport } from '../../terminal/operations';
import { timeText } from './axis';
import type { Draft } from './build-model';
import { DEATHS } from './messages';
import type { Span, Tone } from './model';

/** Times at which a side was down or without a connection, and what its people asked for. */
export function spansOf(draft: Draft): Span[] {
  const { trace, placeOf, laneOf, end, texts } = draft;
  const spans: Span[] = [];
  const open = new Map<string, { span: Span; at: number; title: string }>();
  const begin = (
    key: string,
    span: Omit<Span, 'to' | 'details'>,
    at: number,
    title: string,
  ): void => {
    if (open.has(key)) return;
    const begun: Span = { ...span, to: end, details: 0 };
    spans.push(begun);
    open.set(key, { span: begun, at, title });
  };
  const finish = (key: string, event: number, lines: readonly string[], tone?: Tone): void => {
    const begun = open.get(key);
    if (begun === undefined) return;
    open.delete(key);
    const at = trace[event]?.at ?? 0;
    begun.span.to = placeOf(event);
    if (tone !== undefined) begun.span.tone = tone;
    const time = `${timeText(begun.at)} to ${timeText(at)} (${timeText(at - begun.at)})`;
    begun.span.details = texts.add([begun.title, time, ...lines].join('\n'));
  };
  for (const [event, { at, who, what, details }] of trace.entries()) {
    const lane = laneOf(who);
    const from = placeOf(event);
    if (what === 'heals') {
      for (const key of [...open.keys()].filter((name) => name.endsWith('/offline'))) {
        finish(key, event, []);
      }
    }
    if (lane < 0) continue;
    const operation = `${who}/${String(details['operation'])}`;
    if (DEATHS.has(what)) {
      for (const [key, { span }] of [...open]) {
        if (span.lane !== lane || span.kind !== 'operation') continue;
        finish(key, event, ['cut short: nobody was told how it ended'], 'bad');
      }
      const common = { lane, from, label: 'down', tone: 'bad' } as const;
      begin(`${who}/down`, { ...common, kind: 'down' }, at, `${who} is down`);
    } else if (what === 'starts') finish(`${who}/down`, event, []);
    else if (what === 'offline') {
      const common = { lane, from, label: 'no connection', tone: 'warn' } as const;
      begin(`${who}/offline`, { ...common, kind: 'offline' }, at, `${who} has no connection`);
    } else if (what === 'online') finish(`${who}/offline`, event, []);
    else if (what === 'asked') {
      const label = labelOf(details);
      const common = { kind: 'operation', lane, from, label, tone: 'plain' } as const;
      begin(operation, common, at, `${who}: ${label}`);
    } else if (what === 'done') {
      const runs = (details['runs'] ?? []) as RunReport[];
      const isBad = details['code'] !== undefined || runs.some(({ status }) => status !== 'done');
      const code = details['code'] === undefined ? [] : [`refused: ${String(details['code'])}`];
      finish(operation, event, [...code, ...runs.map(runLine)], isBad ? 'warn' : 'plain');
    }
  }
  for (const { span, title, at } of open.values()) {
    span.details = texts.add(`${title}\nfrom ${timeText(at)} to the end`);
  }
  return spans;
}

const labelOf = (details: Readonly<Record<string, unknown>>): string => {
  const op = String(details['op']);
  if (op === 'sync') return `sync ${String(details['unit'])}`;
  return op.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
};

const runLine = ({ unit, status, received, sent, conflicts, rejected, errorCode }: RunReport) =>
  `${unit}: ${status}${errorCode === null ? '' : ` (${errorCode})`}, ` +
  `${received} received, ${sent} sent, ${conflicts} conflicts, ${rejected} refused`;
