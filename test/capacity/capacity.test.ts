import path from 'node:path';
import { measure } from './measure';
import { onPaper } from './paper';

const COSTS = {
  pushMs: 1,
  pushLaterMs: 2,
  idlePullMs: 3,
  fullPageMs: 40,
  loginMs: 82,
  storedBytes: 5000,
  sentBytes: 2000,
  storePerSecond: 50,
};

test('a chain on paper is the costs times the counts', () => {
  const lines = onPaper(COSTS, {
    stores: 100,
    terminals: 10,
    years: 2,
    invoices: 100,
    rushMinutes: 10,
    keepDays: 30,
  });
  expect(Object.fromEntries(lines)).toEqual({
    terminals: '1,000',
    'invoices a day; in all': '100,000; 73,000,000',
    'stored a day; in all': '500 MB; 365 GB',
    'stored of one store': '730,000 invoices, 3.65 GB',
    /* 1,000 x (82 + 6 x 3) ms in 600 s. */
    'opening, within 10 minutes': '0.17 cores',
    /* (100,000 x 2 + 1,000 x (18 + 40)) ms in 600 s. */
    'closing, all of the day within 10 minutes': '0.43 cores',
    'closing of one store, one push after the other': '20 s',
    'a terminal that holds everything': '730,000, 1.46 GB',
    'a terminal that holds 30 days': '30,000, 60.0 MB',
    'first sync of a new terminal, at the server': '29.2 s of CPU; with 30 days 1.2 s',
  });
});

/* What it finds depends on the machine; that it finds something of everything does not. */
test('single operations are measured at a real server', async () => {
  const root = path.join(__dirname, '..', '..');
  const costs = await measure({ root, database: 'sqlite', invoices: 20, times: 2 });
  expect(Object.keys(costs).sort()).toEqual(Object.keys(COSTS).sort());
  expect(costs.sentBytes).toBeGreaterThan(1000);
  expect(costs.storePerSecond).toBeGreaterThan(0);
}, 120_000);
