import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Browser, chromium, type Page } from 'playwright-core';
import { BROWSER_ARGS, findBrowser } from '../e2e/find-browser';

/** A browser that can be killed: a process group of its own over a profile that outlives it. */
export interface BrowserProcess {
  readonly page: Page;
  /** SIGKILL to the browser and all that it started, at once: nothing is flushed, nothing is closed. */
  kill(): Promise<void>;
  /** Ends it as a person does. */
  close(): Promise<void>;
}

/** How long a start may take on a busy machine. */
const START_MS = 60_000;

/** Starts it over the profile; the browser promises the page at `url` to keep its data, as it does for an installed app. */
export async function startBrowser(profile: string, url: string): Promise<BrowserProcess> {
  const child = spawn(
    await findBrowser(),
    [
      ...BROWSER_ARGS,
      '--headless',
      '--remote-debugging-port=0',
      '--window-size=1366,768',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const { pid } = child;
  if (pid === undefined) throw new Error('the browser did not start');
  const exited = once(child, 'exit');
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
    await exited;
  };
  try {
    const browser = await connect(child.stderr);
    const context = browser.contexts()[0];
    if (context === undefined) throw new Error('the browser has no profile');
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(START_MS);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Browser.grantPermissions', {
      permissions: ['durableStorage'],
      origin: url,
    });
    const close = async (): Promise<void> => {
      const session = await browser.newBrowserCDPSession();
      await session.send('Browser.close');
      await exited;
    };
    return { page, kill, close };
  } catch (error) {
    await kill();
    throw error;
  }
}

function connect(stderr: NodeJS.ReadableStream): Promise<Browser> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const limit = setTimeout(
      () => reject(new Error(`the browser did not start in time:\n${printed}`)),
      START_MS,
    );
    stderr.on('data', (part: Buffer) => {
      const before = printed;
      printed += part.toString();
      const address = /DevTools listening on (ws:\S+)/;
      const found = address.exec(printed)?.[1];
      if (found === undefined || address.test(before)) return;
      clearTimeout(limit);
      chromium.connectOverCDP(found).then(resolve, reject);
    });
  });
}
