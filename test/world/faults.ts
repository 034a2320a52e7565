/*
 * Every fault that a world can be told to make. A fault is armed for the next message or crash point that it fits, so
 * that a history is a list of plain steps, which can be shrunk and replayed.
 */

export const NETWORK_FAULTS = [
  /** The request never reaches the server. */
  'dropRequest',
  /** The server does it all; its answer is lost (F3). */
  'dropResponse',
  /** The request arrives twice; the second answer is nobody's. */
  'duplicate',
  /** The answer takes most of what the terminal is ready to wait. */
  'delay',
  /** The terminal hears that the connection broke; the request arrives later all the same, after newer ones. */
  'late',
  /** The answer breaks off in the middle. */
  'truncate',
  /** Nothing is ever heard of the request: the terminal gives up by itself. */
  'silence',
] as const;
export type NetworkFault = (typeof NETWORK_FAULTS)[number];

export const SERVER_CRASHES = [
  'server.beforeTransaction',
  'server.afterDocuments.beforeStock',
  'server.beforeCommit',
  'server.afterCommit.beforeReply',
] as const;
export type ServerCrash = (typeof SERVER_CRASHES)[number];

/** Faults of the server that it survives. */
export const SERVER_FAULTS = ['server.diskFull'] as const;

export const TERMINAL_CRASHES = [
  /** A sale, or what a cut drops: nothing of it is on the disk / all of it is, and nobody has been told. */
  'terminal.beforeSale',
  'terminal.afterSale',
  /** A push: the server has acknowledged, the terminal has not taken note / has, and RxDB has not heard. */
  'terminal.beforeAcknowledge',
  'terminal.afterAcknowledge',
  /** A refusal or conflict is about to be written down / has been. */
  'terminal.beforeRecord',
  'terminal.afterRecord',
  /** A pull: documents stand in their collection, the checkpoint does not know. */
  'terminal.beforeStore',
  'terminal.afterStore.beforeCheckpoint',
  'terminal.afterCheckpoint',
  /** Any write at all, whichever comes. */
  'terminal.anyWrite',
] as const;
export type TerminalCrash = (typeof TERMINAL_CRASHES)[number];

/** All that random histories must have met. */
export const PLANNED_FAULTS: readonly string[] = [
  ...NETWORK_FAULTS,
  ...SERVER_CRASHES,
  ...SERVER_FAULTS,
  ...TERMINAL_CRASHES,
];

/** What was armed, and how often it has come to pass. */
export interface ArmedFault {
  met: number;
}

/** How often each fault was really met, by name. One that no history met proves nothing. */
export class FaultCounts {
  readonly counts = new Map<string, number>();

  met(name: string, times = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + times);
  }
}
