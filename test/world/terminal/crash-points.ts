import type { TerminalCrash } from '../faults';

/** Tables of RxDB's replication, where its checkpoints stand. */
const isMeta = (table: string): boolean => table.startsWith('rx-replication-meta');
const RECORDS = /^(conflicts|rejected)\./;

/** The crash points that a write passes, before or after it stands on the disk. */
export function pointsOf(
  when: 'before' | 'after',
  table: string,
  context: string,
): readonly TerminalCrash[] {
  const points: TerminalCrash[] = [];
  if (when === 'before') points.push('terminal.anyWrite');
  if (context === 'acknowledge') {
    points.push(when === 'before' ? 'terminal.beforeAcknowledge' : 'terminal.afterAcknowledge');
  } else if (RECORDS.test(table)) {
    points.push(when === 'before' ? 'terminal.beforeRecord' : 'terminal.afterRecord');
  } else if (isMeta(table)) {
    if (when === 'after') points.push('terminal.afterCheckpoint');
  } else if (context.includes('replication-down')) {
    points.push(
      when === 'before' ? 'terminal.beforeStore' : 'terminal.afterStore.beforeCheckpoint',
    );
  } else if (table.startsWith('invoices.')) {
    points.push(when === 'before' ? 'terminal.beforeSale' : 'terminal.afterSale');
  }
  return points;
}
