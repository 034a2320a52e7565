import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Builds a page of the tests' own (a folder with `index.html`) beside a copy of the built client, so that one server
 * serves both: it is at `/NAME/index.html`, NAME being the folder's. Returns the folder to serve, for the caller to remove.
 */
export function buildPage(page: string, clientDir: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-page-'));
  const name = path.basename(page);
  execFileSync(
    process.execPath,
    [
      path.resolve('node_modules/vite/bin/vite.js'),
      'build',
      page,
      '--base',
      `/${name}/`,
      '--outDir',
      path.join(folder, name),
      '--emptyOutDir',
      '--logLevel',
      'error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  cpSync(clientDir, folder, { recursive: true });
  return folder;
}
