import path from 'node:path';
import { auditNumbers, runBrowserCrashes } from '../crash/browser-crashes';
import { startServer, type TestServer } from '../kit/start-server';
import { acceptLoginSyncs, enrol, login, openShift, sell } from './desk-steps';
import { type BrowserTerminal, openBrowser } from './open-browser';

jest.setTimeout(240_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');

/* The long run is `npm run crash -- --browser`; a seed that found something belongs in this list. */
test.each([5])(
  'F5 a terminal is killed three times while it sells without a server: every confirmed sale is there (seed %i)',
  async (seed) => {
    const report = await runBrowserCrashes({ clientDir, kills: 3, seed, maxSeconds: 200 });
    expect(report).toMatchObject({ problems: [], kills: 3, lost: 0 });
    expect(report.confirmed).toBeGreaterThan(2);
  },
);

test('the audit of numbers finds a gap, a double, and a broken chain', () => {
  const invoice = (number: number, prev: string) => ({
    consecutive: `0010000104${String(number).padStart(10, '0')}`,
    serial: number,
    chain: { prev, hash: `h${number}` },
  });
  const whole = [invoice(1, ''), invoice(2, 'h1'), invoice(3, 'h2')];
  expect(auditNumbers(whole)).toEqual([]);
  expect(auditNumbers(whole.slice(0, 1).concat(whole.slice(2))).join()).toMatch(/in place 2/);
  expect(auditNumbers([...whole, invoice(3, 'h2')]).join()).toMatch(/in place 4/);
  expect(auditNumbers([invoice(1, ''), invoice(2, '')])).toEqual([
    expect.stringMatching(/does not seal/),
  ]);
});

let server: TestServer;
let a: BrowserTerminal;
afterAll(async () => {
  await a?.close();
  await server?.close();
});

test('F17 nothing is confirmed that is not on the disk: only drafts and the trace are written in the relaxed way', async () => {
  server = await startServer({ clientDir });
  a = await openBrowser(server.url);
  a.page.setDefaultTimeout(20_000);
  await a.page.addInitScript(() => {
    const begin = IDBDatabase.prototype.transaction;
    const seen = new Set<string>();
    Object.assign(window, { seen });
    IDBDatabase.prototype.transaction = function (...args) {
      const transaction = begin.apply(this, args);
      const collection = this.name
        .split('--')
        .at(-1)
        ?.replace(/-[0-9a-f]{64}$/, '');
      if (transaction.mode === 'readwrite') seen.add(`${collection} ${transaction.durability}`);
      return transaction;
    };
  });
  await enrol(a.page, server.url, await server.newCode(), 'Caja 1');
  await login(a.page, 'cajero1', 'demo-cajero1');
  await acceptLoginSyncs(a.page);
  await openShift(a.page);
  await sell(a.page, ['P0001']);
  const seen = await a.page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
  expect(seen).toEqual(expect.arrayContaining(['invoices strict', 'products strict']));
  expect(seen).toEqual(expect.arrayContaining(['settings strict', 'shifts strict']));
  /* What is noted about a sync is written after the documents that it is about: losing it means comparing again. */
  const notes = /^(mostrador-replication|rx-replication-meta) /;
  const rest = seen.filter((entry) => !entry.endsWith(' strict') && !notes.test(entry));
  expect(rest.sort()).toEqual(['drafts relaxed', 'mostrador-trace relaxed']);
});
