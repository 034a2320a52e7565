import { createRequire } from 'node:module';
import path from 'node:path';

const at = (name: string): string => path.join(import.meta.dirname, name);
const { resolve } = createRequire(import.meta.url);

/** Where the browser's world finds what the world's and the server's sources import from Node. */
const MODULES: Record<string, string> = {
  fs: at('fs.ts'),
  path: at('path.ts'),
  crypto: at('crypto.ts'),
  http: at('http.ts'),
  https: at('http.ts'),
  querystring: at('querystring.ts'),
  stream: resolve('readable-stream/lib/ours/browser.js'),
  buffer: resolve('buffer/index.js'),
  events: resolve('events/events.js'),
  string_decoder: resolve('string_decoder/lib/string_decoder.js'),
  ...Object.fromEntries(
    [
      'util',
      'url',
      'net',
      'os',
      'timers/promises',
      'zlib',
      'async_hooks',
      'diagnostics_channel',
    ].map((name) => [name, at('rest.ts')]),
  ),
};
const PACKAGES = {
  libsql: at('libsql.ts'),
  pg: at('pg.ts'),
  'light-my-request': at('inject.ts'),
};

export const machineAliases = [
  ...Object.entries(MODULES).map(([name, replacement]) => ({
    find: new RegExp(`^(node:)?${name}$`),
    replacement,
  })),
  ...Object.entries(PACKAGES).map(([name, replacement]) => ({
    find: new RegExp(`^${name}$`),
    replacement,
  })),
];
