/* Runs in Node and in the page: shapes only. */
import type { Axis } from './axis';

/** How something is to be seen: as usual, as data on its way up, as worth a look, as wrong, or as of little weight. */
export type Tone = 'plain' | 'push' | 'warn' | 'bad' | 'quiet';

/** What can be shown or hidden. */
export type Kind = 'push' | 'pull' | 'other';

/** Everything that a timeline draws. Places are units of the axis; `details` is an index into the texts. */
export interface TimelineModel {
  axis: Axis;
  /** The server first. */
  lanes: readonly { name: string; note: string }[];
  details: readonly string[];
  /** What happens before the first step ends here. */
  setUpEnd: number;
  steps: readonly StepMark[];
  spans: readonly Span[];
  arrows: readonly Arrow[];
  marks: readonly Mark[];
}

export interface StepMark {
  step: number;
  from: number;
  to: number;
  label: string;
  tone: Tone;
  details: number;
}

/** A state of a lane, or an operation that a person asked for. */
export interface Span {
  kind: 'down' | 'offline' | 'operation';
  lane: number;
  from: number;
  to: number;
  label: string;
  tone: Tone;
  details: number;
}

/** Half of a message. */
export interface Arrow {
  kind: Kind;
  from: number;
  to: number;
  fromLane: number;
  toLane: number;
  /** It does not get there. */
  isCut: boolean;
  label: string;
  tone: Tone;
  details: number;
}

/** Something that happens at once. */
export interface Mark {
  shape: 'fault' | 'crash' | 'start' | 'note';
  lane: number;
  at: number;
  label: string;
  tone: Tone;
  details: number;
}
