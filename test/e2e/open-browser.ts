import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { BROWSER_ARGS, findBrowser } from './find-browser';

/** A terminal as a person has it: a browser profile of its own, kept on disk, and its page. */
export interface BrowserTerminal {
  page: Page;
  context: BrowserContext;
  profile: string;
  /** Closes the browser and opens the same profile again. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openBrowser(
  url: string,
  options: { viewport?: { width: number; height: number }; dark?: boolean } = {},
): Promise<BrowserTerminal> {
  const profile = mkdtempSync(path.join(tmpdir(), 'mostrador-profile-'));
  const executablePath = await findBrowser();
  const launch = () =>
    chromium.launchPersistentContext(profile, {
      executablePath,
      args: BROWSER_ARGS,
      viewport: options.viewport ?? { width: 1366, height: 768 },
      locale: 'es-CR',
      timezoneId: 'America/Costa_Rica',
      colorScheme: options.dark === true ? 'dark' : 'light',
    });
  const first = await launch();
  const terminal: BrowserTerminal = {
    context: first,
    page: first.pages()[0] ?? (await first.newPage()),
    profile,
    async restart() {
      await terminal.context.close();
      terminal.context = await launch();
      terminal.page = terminal.context.pages()[0] ?? (await terminal.context.newPage());
      await terminal.page.goto(url);
    },
    async close() {
      await terminal.context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
  return terminal;
}
