import type { ArchiveFilter } from '../../shared/protocol/archive-messages';
import type { Cut } from '../../shared/protocol/messages';

/** A place in the archive, which is ordered by when invoices were issued, then by id. */
export interface ArchivePlace {
  issued: string;
  id: string;
}

/** A cut that can be made now, and what it would archive. */
export interface PlannedCut {
  cut: Cut;
  /** In no order. */
  archived: readonly { id: string; ver: number }[];
  /** Whether it goes as far as was asked for. */
  isLast: boolean;
}

/** Which invoices terminals still hold, and reading those that they do not. All methods are about one store. */
export interface ArchiveStore {
  /** The cut that was made last; null before the first. */
  cut(): Promise<Cut | null>;
  /**
   * The next cut towards `to` (an instant), through about `most` invoices: those that were issued before and are not
   * archived yet, late ones and ones that were kept before among them. It keeps the newest invoices of each series of each
   * terminal and the one with its highest serial. Null: nothing to archive before `to`, or the last cut is as far. Call it,
   * and `makeCut`, inside of one transaction.
   */
  planCut(to: string, most: number): Promise<PlannedCut | null>;
  /** Archives what was planned, takes it off count and digest, and writes the cut down, made `at` (an instant). */
  makeCut(planned: PlannedCut, at: string): Promise<void>;
  /** Invoices that the filter lets through, archived or not, newest first, from behind a place. */
  invoices(options: {
    filter: ArchiveFilter;
    before: ArchivePlace | null;
    limit: number;
  }): Promise<readonly (ArchivePlace & { json: string })[]>;
}
