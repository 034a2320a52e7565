import { parseArgs } from 'node:util';
import { alertText, skewText } from '../../shared/fleet/alert-text';
import { alertWordsEs } from '../../shared/fleet/alert-words';
import { isBehind, isSkewed, reportedPending } from '../../shared/fleet/alerts';
import type { FleetReply, FleetTerminal } from '../../shared/protocol/fleet-messages';
import { readFleet } from '../fleet/read-fleet';
import { withStore } from './with-store';

/*
 * npm run fleet -- [--store ID] [--json]: how the terminals of a store stand, as they last told it. Ends with 0 where
 * nothing needs a person, with 1 where an alert is open (or the store is not clear).
 */
const { values } = parseArgs({
  options: { store: { type: 'string' }, json: { type: 'boolean', default: false } },
});

const UNITS = {
  clients: 'clientes',
  products: 'productos',
  users: 'usuarios',
  invoices: 'facturas',
} as const;
const ENDS = { done: 'bien', failed: 'falló', cancelled: 'se interrumpió' } as const;

const known = (count: number | null): string => (count === null ? '¿?' : String(count));

/** An instant as the store's own clock has it. */
const dateIn =
  (timeZone: string) =>
  (instant: string): string =>
    new Intl.DateTimeFormat('es-CR', { timeZone, dateStyle: 'short', timeStyle: 'short' })
      .format(Date.parse(instant))
      .replaceAll(/\s/g, ' ');

function lineOf({ number, name, revoked, lastContactAt, last }: FleetTerminal, board: FleetReply) {
  const date = dateIn(board.store.timeZone);
  const who = `${number} · ${name}${revoked ? ' (revocado)' : ''}`;
  if (last === null) {
    const contact = lastContactAt === '' ? 'nunca' : date(lastContactAt);
    return `${who}: sin informe; último contacto: ${contact}`;
  }
  const { report, receivedAt, skewMs } = last;
  const synced = report.syncs
    .map(({ unit, status, errorCode }) =>
      [UNITS[unit], ENDS[status], errorCode].filter((word) => word !== '').join(' '),
    )
    .join(', ');
  return [
    `${who}: pendientes ${known(reportedPending(last))}`,
    `rechazados ${known(report.rejected)}`,
    `conflictos ${known(report.conflicts)}`,
    `reloj ${isSkewed(last) ? skewText(alertWordsEs, Math.round(skewMs / 60_000)) : 'en hora'}`,
    `programa ${report.program}${isBehind(last, board.program) ? ' (anterior)' : ''}`,
    `informado ${date(receivedAt)}`,
    ...(synced === '' ? [] : [`sincronizaciones: ${synced}`]),
  ].join('; ');
}

await withStore(values.store, async ({ store, ports }, stored) => {
  const board = await readFleet(store.scope(stored.id), stored, ports.clock);
  if (board.alerts.length > 0) process.exitCode = 1;
  if (values.json) {
    process.stdout.write(`${JSON.stringify(board)}\n`);
    return;
  }
  console.log(board.store.name);
  for (const alert of board.alerts) {
    const { what, safe, action } = alertText(alertWordsEs, alert, dateIn(board.store.timeZone));
    console.log(`  ${alert.severity === 'error' ? 'URGENTE' : 'AVISO  '}  ${what}.`);
    console.log(`           ${safe} ${action}`);
  }
  if (board.alerts.length === 0) console.log('  Nada necesita atención.');
  for (const terminal of board.terminals) console.log(`  ${lineOf(terminal, board)}`);
  console.log(`  ${board.date}, por hora (ventas / sincronizaciones):`);
  for (const { hour, sales, syncs } of board.hours) {
    if (sales + syncs > 0) {
      console.log(`    ${String(hour).padStart(2, '0')}:00  ${sales} / ${syncs}`);
    }
  }
});
