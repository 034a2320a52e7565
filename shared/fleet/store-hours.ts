import type { FleetHour } from '../protocol/fleet-messages';

const HOUR_MS = 3_600_000;

/** An hour of UTC as the server counts in it: `2026-11-28T04`. */
export const hourOf = (ms: number): string => new Date(ms).toISOString().slice(0, 13);

const msOf = (hour: string): number => Date.parse(`${hour}:00:00.000Z`);

/** Tells the store's own day and hour of an instant, in ms since 1970. Making one is what costs. */
export function storeClock(timeZone: string): (ms: number) => { date: string; hour: number } {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  return (ms) => {
    const parts = format.formatToParts(ms);
    const part = (type: string): string => parts.find((entry) => entry.type === type)?.value ?? '';
    return { date: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) };
  };
}

/** What was counted in one hour of UTC. */
export interface HourCount {
  hour: string;
  count: number;
}

/** The first hour of UTC that belongs to the store's day of `now`. */
export function firstHourOfDay(now: number, timeZone: string): string {
  const local = storeClock(timeZone);
  const { date } = local(now);
  let first = now;
  while (local(first - HOUR_MS).date === date) first -= HOUR_MS;
  return hourOf(first);
}

/** The store's day of `now`, hour by hour, all 24 of them. */
export function hoursOfDay(
  counts: { syncs: readonly HourCount[]; sales: readonly HourCount[] },
  now: number,
  timeZone: string,
): { date: string; hours: FleetHour[] } {
  const local = storeClock(timeZone);
  const { date } = local(now);
  const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, syncs: 0, sales: 0 }));
  for (const what of ['syncs', 'sales'] as const) {
    for (const { hour, count } of counts[what]) {
      const at = local(msOf(hour));
      const shown = at.date === date ? hours[at.hour] : undefined;
      if (shown !== undefined) shown[what] += count;
    }
  }
  return { date, hours };
}

/** The store's days on which anything was counted: it was open. */
export function openDays(counts: readonly HourCount[], timeZone: string): ReadonlySet<string> {
  const local = storeClock(timeZone);
  const busy = counts.filter(({ count }) => count > 0);
  return new Set(busy.map(({ hour }) => local(msOf(hour)).date));
}

/** Full hours between two instants (ms) that lie on those days. */
export function hoursOnDays(
  { from, to }: { from: number; to: number },
  days: ReadonlySet<string>,
  timeZone: string,
): number {
  const local = storeClock(timeZone);
  let hours = 0;
  for (let at = from; at + HOUR_MS <= to; at += HOUR_MS) {
    if (days.has(local(at).date)) hours += 1;
  }
  return hours;
}
