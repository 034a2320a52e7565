import type { TerminalReport } from '../../shared/protocol/fleet-messages';

/** How a terminal stands that has nothing to tell, but for what a test says. */
export const aReport = (change: Partial<TerminalReport> = {}): TerminalReport => ({
  counter: 1,
  at: '2026-11-25T15:00:00.000Z',
  reason: 'run',
  program: '0.1.0',
  schemas: { clients: 0, products: 0, users: 1, invoices: 1 },
  pending: { clients: 0, products: 0, invoices: 0, movements: 0, shifts: 0 },
  oldestPending: '',
  rejected: 0,
  conflicts: 0,
  alerts: 0,
  syncs: [],
  ...change,
});
