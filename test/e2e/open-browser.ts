import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { BROWSER_ARGS, findBrowser } from './find-browser';

/** A terminal as a person has it: a browser profile of its own, kept on disk, and its page. */
export interface BrowserTerminal {
  page: Page;
  context: BrowserContext;
  profile: string;
  /** Closes the browser and opens the same profile again; `before` runs before the desk's address is asked for. */
  restart(before?: (page: Page) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export interface BrowserOptions {
  viewport?: { width: number; height: number };
  dark?: boolean;
  /** Whether the browser promises to keep the desk's data, as it does for an installed app. Default true. */
  keepsData?: boolean;
  /** Folder of another profile, whose browser is closed: this one begins as its copy. */
  copyOf?: string;
}

/** How long anything on screen is waited for. */
const PATIENCE_MS = 20_000;

export async function openBrowser(
  url: string,
  options: BrowserOptions = {},
): Promise<BrowserTerminal> {
  const profile = mkdtempSync(path.join(tmpdir(), 'mostrador-profile-'));
  if (options.copyOf !== undefined) cpSync(options.copyOf, profile, { recursive: true });
  const executablePath = await findBrowser();
  const launch = async (): Promise<{ context: BrowserContext; page: Page }> => {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: BROWSER_ARGS,
      viewport: options.viewport ?? { width: 1366, height: 768 },
      locale: 'es-CR',
      timezoneId: 'America/Costa_Rica',
      colorScheme: options.dark === true ? 'dark' : 'light',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = context.pages()[0] ?? (await context.newPage());
    if (options.keepsData !== false) {
      const devtools = await context.newCDPSession(page);
      await devtools.send('Browser.grantPermissions', {
        permissions: ['durableStorage'],
        origin: url,
      });
    }
    return { context, page };
  };
  const terminal: BrowserTerminal = {
    ...(await launch()),
    profile,
    async restart(before) {
      await terminal.context.close();
      Object.assign(terminal, await launch());
      await before?.(terminal.page);
      await terminal.page.goto(url);
    },
    async close() {
      await terminal.context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
  return terminal;
}
