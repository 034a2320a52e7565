import type { HourCount } from '../../shared/fleet/store-hours';

/** A report as it is kept. `body`: TerminalReport as JSON; `skewMs`: that terminal's clock minus the server's. */
export interface StoredReport {
  terminalId: string;
  counter: number;
  receivedAt: string;
  skewMs: number;
  body: string;
}

/** How the terminals of one store stand, as they told it, and what the documents say of its day. */
export interface FleetStore {
  /** Keeps a report unless one with the same or a higher counter is there; false: nothing was changed. One statement. */
  keepReport(report: StoredReport): Promise<boolean>;
  reports(): Promise<readonly StoredReport[]>;
  /** Counts a sync in an hour of UTC (`2026-11-28T04`), and notes how far the store's invoices were by then. */
  countHour(hour: string, syncs: number): Promise<void>;
  removeHoursBefore(hour: string): Promise<void>;
  /** Syncs by hour of UTC, from this one on. */
  syncsSince(hour: string): Promise<readonly HourCount[]>;
  /**
   * Sales (01 and 04) by the hour of UTC in which they were issued, from this one on: of what came to the server after the
   * last report before that hour, which is all of them where the terminals' clocks are right.
   */
  salesSince(hour: string): Promise<readonly HourCount[]>;
  /** Flagged as taken twice, of what came since that hour: the consecutives, each once, in their order. */
  duplicatesSince(hour: string): Promise<readonly string[]>;
  /** Products whose stock is below nothing: how many, and the descriptions of the first few by their ids. */
  oversold(named: number): Promise<{ count: number; names: readonly string[] }>;
}
