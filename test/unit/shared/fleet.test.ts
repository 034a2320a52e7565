import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type FleetFacts, fleetAlerts } from '../../../shared/fleet/alerts';
import {
  firstHourOfDay,
  hoursOfDay,
  hoursOnDays,
  openDays,
} from '../../../shared/fleet/store-hours';
import { isOlder, PROGRAM_VERSION } from '../../../shared/program';
import type { FleetTerminal, TerminalReport } from '../../../shared/protocol/fleet-messages';
import { aReport } from '../../kit/a-report';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-25T18:00:00.000Z');
const ago = (hours: number): string => new Date(NOW - hours * HOUR).toISOString();

const terminal = (
  change: Partial<TerminalReport> = {},
  about: Partial<FleetTerminal> & { skewMs?: number } = {},
): FleetTerminal => {
  const { skewMs = 0, ...rest } = about;
  const receivedAt = rest.lastContactAt ?? ago(1);
  return {
    id: 't1',
    number: 1,
    name: 'Caja 1',
    revoked: false,
    lastContactAt: receivedAt,
    last: { receivedAt, skewMs, report: aReport(change) },
    ...rest,
  };
};
const alerts = (terminals: FleetTerminal[], change: Partial<FleetFacts> = {}) =>
  fleetAlerts({
    now: NOW,
    timeZone: 'America/Costa_Rica',
    fiscalDeadlineHours: 72,
    program: '0.1.0',
    terminals,
    oversold: { count: 0, names: [] },
    duplicates: [],
    openDays: new Set(['2026-11-23', '2026-11-24', '2026-11-25']),
    ...change,
  });
const kinds = (...given: Parameters<typeof alerts>) => alerts(...given).map(({ kind }) => kind);
const some = { clients: 0, products: 0, invoices: 2, movements: 0, shifts: 0 };

test('P123 a store in which all is well has no alert, nor has a terminal that never reported', () => {
  expect(alerts([terminal(), terminal({}, { id: 't2', last: null, lastContactAt: '' })])).toEqual(
    [],
  );
});

test('P123 the fiscal deadline is near within the margin, and passed at its very instant', () => {
  expect(kinds([terminal({ oldestPending: ago(59.9) })])).toEqual([]);
  expect(alerts([terminal({ oldestPending: ago(60) })])).toMatchObject([
    { kind: 'deadlineNear', severity: 'error', terminal: '1 · Caja 1', at: ago(-12) },
  ]);
  expect(kinds([terminal({ oldestPending: ago(71.9) })])).toEqual(['deadlineNear']);
  expect(alerts([terminal({ oldestPending: ago(72) })])).toMatchObject([
    { kind: 'deadlinePassed', at: ago(0) },
  ]);
  /* A short deadline: a quarter of it is the margin. */
  expect(kinds([terminal({ oldestPending: ago(2.9) })], { fiscalDeadlineHours: 4 })).toEqual([]);
  expect(kinds([terminal({ oldestPending: ago(3) })], { fiscalDeadlineHours: 4 })).toEqual([
    'deadlineNear',
  ]);
});

test('P123 a terminal is silent after hours of open days, only where something was pending', () => {
  const silent = { lastContactAt: ago(25) };
  expect(alerts([terminal({ pending: some }, silent)])).toMatchObject([
    { kind: 'silent', severity: 'warning', at: ago(25), count: 2 },
  ]);
  expect(kinds([terminal({}, silent)])).toEqual([]);
  expect(kinds([terminal({ pending: some }, { lastContactAt: ago(23) })])).toEqual([]);
  /* Closed on the 24th: only today's hours count, until three days have passed. */
  const closed = { openDays: new Set(['2026-11-25']) };
  expect(kinds([terminal({ pending: some }, silent)], closed)).toEqual([]);
  expect(kinds([terminal({ pending: some }, { lastContactAt: ago(72) })], closed)).toEqual([
    'silent',
  ]);
});

test('P123 what a terminal could not count may be pending: unknown is not none', () => {
  const unread = terminal({ pending: { ...some, shifts: null } }, { lastContactAt: ago(25) });
  expect(alerts([unread])).toMatchObject([{ kind: 'silent', count: -1 }]);
  expect(kinds([terminal({ rejected: null, conflicts: null })])).toEqual([]);
});

test('P123 refused documents, a wrong clock and an old program are told, each of its terminal', () => {
  const found = alerts([
    terminal({ rejected: 3 }),
    terminal({}, { id: 't2', number: 2, name: 'Barra', skewMs: -6 * 60_000 }),
    terminal({}, { id: 't3', number: 3, skewMs: 5 * 60_000 }),
    terminal({ program: '0.0.9' }, { id: 't4', number: 4 }),
    terminal({ schemas: { invoices: 0 } }, { id: 't5', number: 5 }),
    terminal({ program: '0.2.0' }, { id: 't6', number: 6 }),
  ]);
  expect(found.map(({ kind, terminalId, count }) => [kind, terminalId, count])).toEqual([
    ['rejected', 't1', 3],
    ['clockSkew', 't2', -6],
    ['programBehind', 't4', 0],
    ['programBehind', 't5', 0],
  ]);
  expect(found[2]?.names).toEqual(['0.0.9', '0.1.0']);
});

test('P123 oversold products and repeated consecutives are the store’s, with their number and a few names', () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F'];
  const found = alerts([], { oversold: { count: 9, names }, duplicates: names });
  expect(found).toMatchObject([
    { kind: 'duplicateConsecutive', severity: 'error', terminalId: '', count: 6 },
    { kind: 'oversold', severity: 'warning', terminalId: '', count: 9 },
  ]);
  expect(found[1]?.names).toEqual(names.slice(0, 5));
});

test('P123 the most pressing comes first, and a revoked terminal is nobody’s concern', () => {
  const bad = { oldestPending: ago(80), rejected: 1, pending: some };
  expect(kinds([terminal(bad, { revoked: true })])).toEqual([]);
  expect(
    kinds([terminal({ rejected: 1, program: '0.0.1' }), terminal(bad, { lastContactAt: ago(80) })]),
  ).toEqual(['deadlinePassed', 'silent', 'rejected', 'rejected', 'programBehind']);
});

test('the day is the store’s own, by its own hours', () => {
  const timeZone = 'America/Costa_Rica';
  const early = Date.parse('2026-11-25T03:30:00.000Z');
  expect(firstHourOfDay(early, timeZone)).toBe('2026-11-24T06');
  expect(firstHourOfDay(NOW, timeZone)).toBe('2026-11-25T06');
  const { date, hours } = hoursOfDay(
    {
      syncs: [
        { hour: '2026-11-25T05', count: 9 },
        { hour: '2026-11-25T06', count: 1 },
      ],
      sales: [
        { hour: '2026-11-26T05', count: 4 },
        { hour: '2026-11-26T06', count: 9 },
      ],
    },
    NOW,
    timeZone,
  );
  expect([date, hours.length]).toEqual(['2026-11-25', 24]);
  expect(hours.filter(({ syncs, sales }) => syncs + sales > 0)).toEqual([
    { hour: 0, syncs: 1, sales: 0 },
    { hour: 23, syncs: 0, sales: 4 },
  ]);
});

test('open days are those on which something was counted', () => {
  const counts = [
    { hour: '2026-11-24T05', count: 2 },
    { hour: '2026-11-25T12', count: 0 },
  ];
  const days = openDays(counts, 'America/Costa_Rica');
  expect([...days]).toEqual(['2026-11-23']);
  const span = { from: Date.parse('2026-11-23T00:00:00Z'), to: Date.parse('2026-11-25T00:00:00Z') };
  expect(hoursOnDays(span, days, 'America/Costa_Rica')).toBe(24);
});

test('versions are compared by their numbers', () => {
  expect(isOlder('0.9.0', '0.10.0')).toBe(true);
  expect(isOlder('0.10.0', '0.9.9')).toBe(false);
  expect(isOlder('1.0', '1.0.0')).toBe(false);
});

test('the program’s version is that of package.json', () => {
  const file = readFileSync(path.join(__dirname, '..', '..', '..', 'package.json'), 'utf8');
  expect(PROGRAM_VERSION).toBe((JSON.parse(file) as { version: string }).version);
});
