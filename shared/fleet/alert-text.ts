import type { FleetAlert } from '../protocol/fleet-messages';
import type { AlertWords } from './alert-words';

const HOUR = 60;
const DAY = 24 * HOUR;

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');

/** How far a clock is off, in words. `minutes` above zero: it is ahead. */
export function skewText({ units }: AlertWords, minutes: number): string {
  const size = Math.abs(minutes);
  const [unit, n] =
    size < 2 * HOUR
      ? (['minutes', size] as const)
      : size < 2 * DAY
        ? (['hours', Math.round(size / HOUR)] as const)
        : (['days', Math.round(size / DAY)] as const);
  return fill(minutes > 0 ? units.ahead : units.behind, {
    amount: fill(units[unit], { n: String(n) }),
  });
}

/** An alert as a person reads it: what happened, what is safe, what to do. `dateOf` writes an instant. */
export function alertText(
  words: AlertWords,
  alert: FleetAlert,
  dateOf: (instant: string) => string,
): { what: string; safe: string; action: string } {
  const { kind, count, names, at, terminal } = alert;
  const more = kind === 'programBehind' || names.length >= count ? [] : ['…'];
  const what = fill(words.what[kind], {
    terminal,
    count: count < 0 ? words.units.unknown : String(count),
    names: [...names, ...more].join(', '),
    old: names[0] ?? '',
    new: names[1] ?? '',
    date: at === '' ? '' : dateOf(at),
    skew: skewText(words, count),
  });
  return { what, safe: words.safe[kind], action: words.action[kind] };
}
