import { AppError } from '../../shared/errors/app-error';
import { type TerminalReport, terminalReportSchema } from '../../shared/protocol/fleet-messages';
import { parseBody } from '../http/read-json';

/** A report as its schema has it, each instant in it one that there is: the board reckons with them. BAD_REQUEST. */
export function parseReport(body: unknown): TerminalReport {
  const report = parseBody<TerminalReport>(terminalReportSchema, body);
  const instants: Record<string, string> = {
    '/at': report.at,
    '/oldestPending': report.oldestPending,
  };
  report.syncs.forEach(({ endedAt, completeAt }, index) => {
    instants[`/syncs/${index}/endedAt`] = endedAt;
    instants[`/syncs/${index}/completeAt`] = completeAt;
  });
  for (const [path, text] of Object.entries(instants)) {
    if (text !== '' && Number.isNaN(Date.parse(text))) throw new AppError('BAD_REQUEST', { path });
  }
  return report;
}
