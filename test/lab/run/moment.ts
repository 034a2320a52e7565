import type { Message } from '../../world/report/timeline/messages';
import type { Verdict } from '../../world/scenario/judge';

export type Doc = Readonly<Record<string, unknown>> & { readonly id: string };

/** Collections that the laboratory shows, in the order in which it does. */
export const SHOWN = ['products', 'clients', 'stock', 'invoices', 'movements', 'shifts'] as const;
export type Shown = (typeof SHOWN)[number];
export type Documents = Readonly<Record<Shown, readonly Doc[]>>;

/** A terminal between two steps, as its disk has it. */
export interface TerminalMoment {
  readonly name: string;
  /** Whether its page is open. */
  readonly isUp: boolean;
  readonly isOnline: boolean;
  /** Difference of its clock from the true time, ms. */
  readonly skewMs: number;
  readonly user: string | null;
  readonly documents: Documents;
  readonly conflicts: readonly Doc[];
  readonly rejected: readonly Doc[];
}

export interface ServerMoment {
  readonly isUp: boolean;
  readonly documents: Documents;
}

/** All sides when a step has ended; step 0 is what the scenario begins with. */
export interface Moment {
  readonly step: number;
  /** Virtual time, ms since 1970. */
  readonly now: number;
  /** How each step has ended so far: `ok`, an error code, `crashed`, or `` where there was nobody to tell. */
  readonly outcomes: readonly string[];
  readonly terminals: readonly TerminalMoment[];
  readonly server: ServerMoment;
  /** What was sent since the step before. */
  readonly messages: readonly Message[];
}

/** What came of a whole run. */
export interface Ending {
  readonly ok: boolean;
  readonly verdicts: readonly Verdict[];
  readonly unusedFaults: readonly string[];
  /** Of the trace: equal digests are equal runs, here and in Node. */
  readonly digest: string;
}
