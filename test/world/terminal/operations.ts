import type { TracedCall } from '../../../client/trace/trace-entry';

/*
 * What a person can be made to do at a terminal of a world, and what comes of it. Plain JSON: it crosses from the
 * world into the terminal's realm and back as text.
 */

export type SyncAsked = 'clients' | 'products' | 'all';

export type Operation =
  | { op: 'enrol'; code: string; name: string }
  | { op: 'login'; userName: string; password: string }
  | { op: 'logout' }
  | { op: 'sync'; unit: SyncAsked }
  | {
      op: 'sell';
      /** Empty: walk-in. */
      clientId: string;
      lines: { productId: string; quantity: number }[];
    }
  | { op: 'creditNote'; invoiceId: string }
  | { op: 'createClient'; name: string }
  | { op: 'editClient'; id: string; change: Record<string, unknown> }
  | { op: 'createProduct'; code: string; price: number }
  | { op: 'editProduct'; id: string; change: Record<string, unknown> }
  | { op: 'adjust'; productId: string; quantity: number; reason: string }
  | { op: 'openShift'; cash: number }
  | { op: 'closeShift'; cash: number }
  /* Not a person's: values that the desk would never let anybody type. */
  | {
      op: 'spoil';
      collection: 'clients' | 'invoices';
      id: string;
      change: Record<string, unknown>;
    }
  /* Each is about the first open conflict, or the first refused document, in the order of their ids. */
  | { op: 'applyMine' }
  | { op: 'keepTheirs' }
  | { op: 'sendAgain' }
  /* "Exportar caso para QA": the outcome has the file. */
  | { op: 'exportCase' }
  /* Of a replay: one recorded call of a service, the end of the run that is on, a document as it then lay here. */
  | { op: 'call'; call: TracedCall; secret: string }
  | { op: 'awaitRun' }
  | { op: 'put'; collection: string; document: Record<string, unknown> };

/** One sync run as the terminal reported it. */
export interface RunReport {
  unit: string;
  status: string;
  received: number;
  sent: number;
  conflicts: number;
  rejected: number;
  pending: number | null;
  errorCode: string | null;
  equality?: string | null;
}

/** A document that an operation wrote. `before`: what stood there, as the person saw it. */
export interface WrittenDocument {
  collection: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
}

export type Outcome =
  | { ok: true; written: WrittenDocument[]; runs: RunReport[]; text?: string }
  | { ok: false; code: string; message: string };

/** Everything that a terminal holds and shows, at one moment. */
export interface TerminalState {
  /** No sync run was on, and none had just ended: what is shown has caught up with what is stored. */
  atRest: boolean;
  session: string;
  documents: Record<string, Record<string, unknown>[]>;
  conflicts: Record<string, unknown>[];
  rejected: Record<string, unknown>[];
  /** As the status bar shows them; null is unknown. */
  pending: Record<string, number | null>;
  shownStock: Record<string, number | null>;
  incomplete: readonly string[] | null;
}
