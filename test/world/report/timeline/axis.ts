/* Runs in Node and in the page. */

/*
 * A run of two minutes has a second of action and long idle times, and steps that take no time at all. So places on the
 * timeline are units, not ms: a unit is a ms where something goes on, idle times are cut short, and a step has room.
 */

/** Virtual time as places on the timeline. Both numbers of the points never go down. */
export interface Axis {
  /** [ms, unit], where the slope changes. Between two points it is even. */
  readonly points: readonly (readonly [number, number])[];
  /** Idle times that were cut short. */
  readonly breaks: readonly { from: number; to: number; ms: number }[];
  /** Units in all. */
  readonly end: number;
}

/** Idle for longer than this, ms, is cut short. */
export const IDLE_MS = 500;
/** What is left of it, units. */
const IDLE_UNITS = 120;
/** Room after the last event. */
const TAIL = 60;

/** The axis of moments in order, and the place of each. `room`: units that it needs before the next one. */
export function axisOf(moments: readonly { at: number; room: number }[]): {
  axis: Axis;
  places: number[];
} {
  const points: [number, number][] = [[0, 0]];
  const breaks: { from: number; to: number; ms: number }[] = [];
  const places: number[] = [];
  let ms = 0;
  let unit = 0;
  for (const { at, room } of moments) {
    const passed = at - ms;
    if (passed > IDLE_MS) {
      points.push([ms, unit]);
      breaks.push({ from: unit, to: unit + IDLE_UNITS, ms: passed });
      unit += IDLE_UNITS;
      points.push([at, unit]);
    } else unit += passed;
    ms = at;
    places.push(unit);
    if (room > 0) {
      points.push([ms, unit]);
      unit += room;
      points.push([ms, unit]);
    }
  }
  points.push([ms, unit]);
  return { axis: { points, breaks, end: unit + TAIL }, places };
}

/** Distances between ticks, ms. */
const NICE = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000];

/** Round times to write on the axis between two places: at most one for every `apart` units, none inside a cut. */
export function ticksOf(
  axis: Axis,
  window: { from: number; to: number; apart: number },
): { unit: number; ms: number }[] {
  const every = NICE.find((ms) => ms >= window.apart) ?? 60_000;
  const ticks: { unit: number; ms: number }[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let index = 1; index < axis.points.length; index++) {
    const [fromMs, fromUnit] = axis.points[index - 1] ?? [0, 0];
    const [toMs, toUnit] = axis.points[index] ?? [0, 0];
    if (toUnit < window.from || fromUnit > window.to) continue;
    if (toMs - fromMs !== toUnit - fromUnit) continue;
    /* Where time goes on after a cut it is told anew, round or not. */
    const times = axis.breaks.some(({ to }) => to === fromUnit) ? [fromMs] : [];
    const first = Math.ceil((fromMs + Math.max(0, window.from - fromUnit)) / every) * every;
    for (let ms = first; ms <= toMs; ms += every) times.push(ms);
    for (const ms of times) {
      const unit = fromUnit + ms - fromMs;
      if (unit < window.from || unit > window.to || unit - last < window.apart) continue;
      /* Both sides of a step's room are the same moment. */
      if (ticks.at(-1)?.ms === ms) continue;
      ticks.push({ unit, ms });
      last = unit;
    }
  }
  return ticks;
}

/** A moment of virtual time as people read it: seconds, and hours, minutes and seconds where those are many. */
export function timeText(ms: number, digits = 3): string {
  const seconds = ms / 1000;
  if (seconds < 1000) return `${seconds.toFixed(digits)} s`;
  const rest = (seconds % 60).toFixed(digits).padStart(digits > 0 ? digits + 3 : 2, '0');
  const minutes = String(Math.floor((seconds % 3600) / 60)).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${minutes}:${rest}`;
}

/** A span of virtual time in the unit that suits it. */
export function spanText(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800
    ? `${Math.round(seconds / 3600)} h`
    : `${Math.round(seconds / 86_400)} days`;
}
