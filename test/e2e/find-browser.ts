import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** What a browser needs to run as root, in a container, without asking anybody on the network. */
export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

function onPath(): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    for (const name of NAMES) {
      const file = path.join(folder, name);
      if (isExecutable(file)) return file;
    }
  }
  return null;
}

/**
 * A Chromium to test with: CHROMIUM_PATH, one on the PATH, playwright's own, or else one that is installed now (Debian's
 * package as root, else playwright's download). Throws with what to do where none can be had.
 */
export async function findBrowser(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && isExecutable(named)) return named;
  const { chromium } = await import('playwright-core');
  const known = (): string | null => {
    const own = chromium.executablePath();
    return onPath() ?? (isExecutable(own) ? own : null);
  };
  const found = known();
  if (found !== null) return found;
  try {
    if (process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get')) {
      execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
      execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: 'ignore' });
    } else execFileSync('npx', ['playwright-core', 'install', 'chromium'], { stdio: 'ignore' });
  } catch {
    /* What is missing is said below. */
  }
  const installed = known();
  if (installed !== null) return installed;
  throw new Error('No Chromium found: install one, or set CHROMIUM_PATH to its executable.');
}
