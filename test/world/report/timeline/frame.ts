/* Runs in Node and in the page. */
import type { Kind, TimelineModel } from './model';

/** What of a timeline is looked at. */
export interface TimelineView {
  /** Places at the left and right edge, units. */
  from: number;
  to: number;
  /** Of the whole picture, px. */
  width: number;
  hidden: ReadonlySet<Kind>;
  /** What is pointed at or chosen: kind and index in the model, `arrow:12`; null is nothing. */
  chosen: string | null;
}

/** Rows of a lane, px from its top. */
export const LANE = {
  height: 94,
  line: 34,
  label: 14,
  bar: 42,
  barHeight: 16,
  requests: 71,
  replies: 84,
};
/** Steps and the time axis, above the lanes. */
export const TOP = 58;
/** Flags of the steps, px from the top. */
export const FLAG = { top: 2, height: 20 };
/** Names of the lanes, left of all that moves. */
export const LEFT = 128;
/** How far a message gets that does not get there, as a part of its way. */
export const CUT = 0.55;

export const lineOf = (lane: number): number => TOP + lane * LANE.height + LANE.line;

export const bottomOf = ({ lanes }: TimelineModel): number => TOP + lanes.length * LANE.height;

/** Below this many px a unit messages have no heads and thin lines: there are more of them than pixels. */
export const DENSE = 0.06;

/** From places to pixels. */
export interface Frame {
  readonly width: number;
  /** Pixels of a unit. */
  readonly scale: number;
  xOf(unit: number): number;
  isSeen(from: number, to: number): boolean;
}

export function frameOf({ from, to, width }: Pick<TimelineView, 'from' | 'to' | 'width'>): Frame {
  const scale = (width - LEFT) / Math.max(1, to - from);
  return {
    width,
    scale,
    xOf: (unit) => Math.round((LEFT + (unit - from) * scale) * 10) / 10,
    isSeen: (start, end) => end >= from && start <= to,
  };
}

/** About what a text takes, px, at the size of the labels. */
export const widthOf = (text: string): number => text.length * 6.1 + 6;

/** Text that fits, shortened where it must be; empty where there is room for next to nothing. */
export function fitting(text: string, px: number): string {
  if (widthOf(text) <= px) return text;
  const characters = Math.floor((px - 6) / 6.1) - 1;
  return characters < 3 ? '' : `${text.slice(0, characters)}…`;
}
