import type { Stage } from '../../shared/sync/units';
import type { PendingCounts, PendingKind } from '../services/status-service';

/** The kinds that each stage sends: movements go with the products that they move, cash sessions with the invoices. */
export const STAGE_KINDS: Record<Stage, readonly PendingKind[]> = {
  clients: ['clients'],
  products: ['products', 'movements'],
  invoices: ['invoices', 'shifts'],
};

/** Pending documents of a stage, or null when one of its kinds is not known. */
export function stagePending(stage: Stage, pending: PendingCounts): number | null {
  let sum = 0;
  for (const kind of STAGE_KINDS[stage]) {
    const count = pending[kind];
    if (count === null) return null;
    sum += count;
  }
  return sum;
}
