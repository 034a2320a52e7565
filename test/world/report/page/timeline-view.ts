/* Runs in Node and in the page. */

/** The part of a timeline that is in sight, units. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Nearer than this nothing more can be told apart, units. */
const LEAST = 40;

/** A range that lies within the timeline; one that is wider is the whole. */
export function within({ from, to }: Range, end: number): Range {
  const width = Math.min(Math.max(to - from, LEAST), end);
  const start = Math.min(Math.max(from, 0), end - width);
  return { from: start, to: start + width };
}

/** Zooms by a factor (below 1: nearer) around a place that stays where it is. */
export const zoomed = ({ from, to }: Range, factor: number, around: number, end: number): Range =>
  within({ from: around - (around - from) * factor, to: around + (to - around) * factor }, end);

export const moved = ({ from, to }: Range, by: number, end: number): Range =>
  within({ from: from + by, to: to + by }, end);

/** A range around a stretch, with a margin at both sides. */
export const around = ({ from, to }: Range, end: number): Range => {
  const margin = Math.max(30, (to - from) * 0.08);
  return within({ from: from - margin, to: to + margin }, end);
};

/** Moves only as far as is needed to have a place in sight, and not at the very edge. */
export function showing({ from, to }: Range, place: number, end: number): Range {
  const margin = (to - from) * 0.1;
  if (place < from + margin) return moved({ from, to }, place - from - margin, end);
  if (place > to - margin) return moved({ from, to }, place - to + margin, end);
  return { from, to };
}

/** Everything that can be chosen, in the order of time, with the lane where it is looked for. */
export interface Stop {
  readonly item: string;
  readonly at: number;
  readonly lane: number;
}

/** The next thing in a lane (-1: steps), forwards or backwards; null at the end. */
export function nextStop(
  stops: readonly Stop[],
  from: { at: number; item: string | null; lane: number },
  forwards: boolean,
): Stop | null {
  const own = stops.filter(({ lane }) => lane === from.lane);
  const index = own.findIndex(({ item }) => item === from.item);
  if (index >= 0) return own[index + (forwards ? 1 : -1)] ?? null;
  return forwards
    ? (own.find(({ at }) => at >= from.at) ?? null)
    : (own.findLast(({ at }) => at <= from.at) ?? null);
}
