import { meaningOfFault } from '../words/fault-words';
import { timeText } from './axis';
import type { Draft } from './build-model';
import { DEATHS, type Message } from './messages';
import type { Mark } from './model';

/** Events that are told by a sign on the lane of whoever they happen to. */
const SIGNS: Readonly<Record<string, Pick<Mark, 'shape' | 'tone'> & { label: string }>> = {
  crashes: { shape: 'crash', tone: 'bad', label: 'dies' },
  'is wiped': { shape: 'note', tone: 'warn', label: 'wiped' },
  reloads: { shape: 'note', tone: 'warn', label: 'reload' },
  starts: { shape: 'start', tone: 'plain', label: 'starts' },
  stops: { shape: 'note', tone: 'warn', label: 'stops' },
  'cannot start': { shape: 'crash', tone: 'bad', label: 'cannot start' },
  offline: { shape: 'note', tone: 'warn', label: 'offline' },
  online: { shape: 'note', tone: 'plain', label: 'online' },
  clock: { shape: 'note', tone: 'warn', label: 'clock set' },
  setUser: { shape: 'note', tone: 'warn', label: 'user changed' },
  revokes: { shape: 'note', tone: 'warn', label: 'terminal revoked' },
  rewrites: { shape: 'note', tone: 'plain', label: 'edit at the server' },
  protocol: { shape: 'note', tone: 'warn', label: 'other protocol' },
  disk: { shape: 'note', tone: 'warn', label: 'disk' },
  'disk full': { shape: 'fault', tone: 'bad', label: 'disk full' },
};

/** Steps that happen to the server and of which the trace says no more than that they were carried out. */
const SERVER_STEPS: Readonly<Record<string, string>> = {
  backup: 'backup made',
  restore: 'backup put back',
  expireSessions: 'sessions ended',
};

/** Faults, crash points, starts and stops. */
export function marksOf(
  messages: readonly Message[],
  { trace, placeOf, laneOf, texts }: Draft,
  detailsOf: (message: Message) => number,
): Mark[] {
  const faults = messages.flatMap((message): Mark[] => {
    const { fault, terminal, sentEvent } = message;
    if (fault === null) return [];
    const lane = laneOf(terminal);
    const at = placeOf(sentEvent);
    return [{ shape: 'fault', tone: 'bad', lane, at, label: fault, details: detailsOf(message) }];
  });
  const gone = new Set<string>();
  const events = [...trace.entries()].flatMap(([event, { at, who, what, details }]): Mark[] => {
    if (what === 'step') return serverStep(String(details['do']), at, placeOf(event), texts);
    const lane = laneOf(who);
    if (lane < 0) return [];
    const time = `${who} · ${timeText(at)}`;
    if (what === 'crash point') {
      gone.add(who);
      const label = String(details['point']);
      const text = `Crash point ${label}\n${time}\n${meaningOfFault(label)}`;
      return [
        { shape: 'crash', tone: 'bad', lane, at: placeOf(event), label, details: texts.add(text) },
      ];
    }
    const sign = SIGNS[what];
    /* That something is there at all is not worth a sign, and of a death at a crash point the point is told. */
    if (sign === undefined || (what === 'starts' && !gone.delete(who))) return [];
    if (what === 'crashes' && gone.has(who)) return [];
    if (DEATHS.has(what)) gone.add(who);
    const more = Object.entries(details).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    const text = [`${who} ${sign.label}`, time, ...more].join('\n');
    return [{ ...sign, lane, at: placeOf(event), details: texts.add(text) }];
  });
  return [...faults, ...events].sort((a, b) => a.at - b.at);
}

function serverStep(step: string, at: number, place: number, texts: Draft['texts']): Mark[] {
  const label = SERVER_STEPS[step];
  if (label === undefined) return [];
  const details = texts.add(`server: ${label}\n${timeText(at)}`);
  return [{ shape: 'note', tone: 'warn', lane: 0, at: place, label, details }];
}
