import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { prng } from '../../server/demo/prng';
import {
  acceptLoginSyncs,
  enrol,
  login,
  openShift,
  openSyncAll,
  runStage,
  sell,
} from '../e2e/desk-steps';
import { passwordOf } from '../kit/api';
import { startServer } from '../kit/start-server';
import { type BrowserProcess, startBrowser } from './browser-process';

export interface BrowserCrashReport {
  seed: number;
  kills: number;
  /** Sales whose number stood on screen. */
  confirmed: number;
  /** Of these, sales that were not there after a restart. */
  lost: number;
  /** Sales that were there though nobody had seen them confirmed: allowed, they were stored first. */
  unseen: number;
  problems: string[];
  seconds: number;
}

/** An issued document as it lies in the browser's storage. */
interface StoredInvoice {
  consecutive: string;
  serial: number;
  chain: { prev: string; hash: string };
}

/** Time from the confirmation of the last sale to the kill, or from the start of the next one, in ms. */
const AFTER_CONFIRMATION_MS = 15;
const IN_THE_NEXT_SALE_MS = 1500;

const USER = 'cajero1';

/**
 * Kills the browser by SIGKILL while it sells without a server, starts it again over the same profile, still without one,
 * and looks whether every sale that was confirmed on screen is there, under numbers without a gap and without a double.
 * At the end the server comes back, and everything is synced.
 */
export async function runBrowserCrashes(options: {
  clientDir: string;
  kills: number;
  seed: number;
  maxSeconds: number;
  onKill?: (report: Readonly<BrowserCrashReport>) => void;
}): Promise<BrowserCrashReport> {
  const { kills, seed, maxSeconds } = options;
  const next = prng(seed);
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const profile = mkdtempSync(path.join(tmpdir(), 'mostrador-profile-'));
  const server = await startServer({ clientDir: options.clientDir });
  const report: BrowserCrashReport = {
    seed,
    kills: 0,
    confirmed: 0,
    lost: 0,
    unseen: 0,
    problems: [],
    seconds: 0,
  };
  let browser = await startBrowser(profile, server.url);
  try {
    await enrol(browser.page, server.url, await server.newCode(), 'Caja 1');
    await login(browser.page, USER, passwordOf(USER));
    await acceptLoginSyncs(browser.page);
    await openShift(browser.page);
    await waitForServiceWorker(browser.page);
    /* A browser writes its cookies down up to half a minute late: a terminal is enrolled in peace, and killed later. */
    await browser.close();
    browser = await startBrowser(profile, server.url);
    await browser.page.goto(server.url);
    await browser.page.getByRole('button', { name: 'Facturar' }).waitFor();
    const confirmed = new Set<string>();

    await server.restart(async () => {
      while (report.kills < kills && seconds() < maxSeconds) {
        await sellUntilKilled(browser, next, (consecutive) => confirmed.add(consecutive));
        report.kills += 1;
        browser = await startBrowser(profile, server.url);
        await browser.page.goto(server.url);
        await browser.page.getByRole('button', { name: 'Facturar' }).waitFor();

        const stored = await readInvoices(browser.page);
        const numbers = new Set(stored.map(({ consecutive }) => consecutive));
        const lost = [...confirmed].filter((consecutive) => !numbers.has(consecutive));
        for (const consecutive of lost) report.problems.push(`lost: ${consecutive}`);
        report.problems.push(...auditNumbers(stored));
        report.lost = lost.length;
        report.confirmed = confirmed.size;
        report.unseen = numbers.size - (confirmed.size - lost.length);
        report.seconds = seconds();
        options.onKill?.(report);
      }
    });

    await syncAll(browser.page);
    const { invoices } = await server.context.store.scope(server.storeId).documents.status();
    const atServer = invoices?.count ?? 0;
    const here = (await readInvoices(browser.page)).length;
    if (atServer !== here) report.problems.push(`the server has ${atServer} of ${here} invoices`);
    report.seconds = seconds();
    return report;
  } finally {
    await browser.kill();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Without it the page could not be opened while there is no server. */
const waitForServiceWorker = (page: Page): Promise<unknown> =>
  page.evaluate('navigator.serviceWorker.ready.then(() => true)');

/** Sells one after the other; the kill comes right after a confirmation, or somewhere in the sale that follows. */
async function sellUntilKilled(
  { page, kill }: BrowserProcess,
  next: () => number,
  onConfirmed: (consecutive: string) => void,
): Promise<void> {
  const sales = 1 + Math.floor(next() * 3);
  const rightAfter = next() < 0.5;
  const delay = next() * (rightAfter ? AFTER_CONFIRMATION_MS : IN_THE_NEXT_SALE_MS);
  const code = (): string => `P${String(1 + Math.floor(next() * 400)).padStart(4, '0')}`;
  const sale = (onIssued: (consecutive: string) => Promise<void>) =>
    sell(page, [code(), code()], onIssued);
  for (let sold = 1; sold < sales; sold++) await sale(async (number) => onConfirmed(number));

  /* The page goes away under the last sale: that it then fails is what this is about. */
  const dying = sale(async (number) => {
    onConfirmed(number);
    if (!rightAfter) return;
    await wait(delay);
    await kill();
  }).catch(() => '');
  if (!rightAfter) {
    await wait(delay);
    await kill();
  }
  await dying;
}

/** All invoices of the browser's own storage, read beneath the product. */
const readInvoices = (page: Page): Promise<StoredInvoice[]> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const name = databases.find((entry) => entry.name?.endsWith('--invoices'))?.name ?? '';
    return new Promise<StoredInvoice[]>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const all = request.result.transaction('docs').objectStore('docs').getAll();
        all.onsuccess = () => {
          request.result.close();
          resolve(all.result as StoredInvoice[]);
        };
      };
    });
  });

/** Numbers run from 1 without a gap and without a double, and each document seals the one before it. */
export function auditNumbers(stored: readonly StoredInvoice[]): string[] {
  const wrong: string[] = [];
  const inOrder = [...stored].sort((a, b) => a.serial - b.serial);
  let previous = '';
  inOrder.forEach(({ consecutive, serial, chain }, index) => {
    const number = Number(consecutive.slice(10));
    if (number !== index + 1) wrong.push(`${consecutive} stands in place ${index + 1}`);
    if (serial !== index + 1) wrong.push(`serial ${serial} stands in place ${index + 1}`);
    if (chain.prev !== previous) wrong.push(`${consecutive} does not seal the one before it`);
    previous = chain.hash;
  });
  return wrong;
}

async function syncAll(page: Page): Promise<void> {
  await openSyncAll(page);
  for (let stage = 0; stage < 3; stage++) await runStage(page);
  await page.getByText('Todo está guardado en el servidor').waitFor();
}
