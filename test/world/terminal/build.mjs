// Bundles the real client, with its own copy of RxDB, into a function of its globals: node build.mjs FILE
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

/** What a realm is given under these names. Nothing else of the machine's is to be seen: see HIDDEN. */
const GIVEN = [
  ...['globalThis', 'window', 'self', 'Date', 'Math', 'console', 'structuredClone'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask'],
  ...['AbortController', 'AbortSignal', 'DOMException', 'Event', 'EventTarget'],
  ...['TextEncoder', 'TextDecoder', 'URL', 'URLSearchParams'],
];

/** Names of a page, a worker or Node by which a terminal could look past its world, or act otherwise in another one. */
const HIDDEN = [
  ...['global', 'process', 'Buffer', 'require', 'module', 'exports', 'setImmediate', 'fetch'],
  ...['crypto', 'performance', 'navigator', 'location', 'document', 'indexedDB', 'caches'],
  ...['localStorage', 'sessionStorage', 'postMessage', 'importScripts', 'MessageChannel'],
  ...['BroadcastChannel', 'Worker', 'SharedWorker', 'WebSocket', 'EventSource', 'XMLHttpRequest'],
  ...['Headers', 'Request', 'Response', 'Blob', 'File', 'FileReader', 'CompressionStream'],
  ...['requestIdleCallback', 'requestAnimationFrame', 'reportError', 'addEventListener'],
];

/** A world may have pages and batches of a few documents, so that their boundaries are met; all else is as it ships. */
const worldLimits = {
  name: 'world-limits',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/shared/protocol/limits.ts')) return null;
    let changed = code;
    for (const limit of ['pullPage', 'pushRows']) {
      const before = changed;
      changed = changed.replace(
        new RegExp(`${limit}: (\\d+)`),
        `${limit}: globalThis.worldLimits?.${limit} ?? $1`,
      );
      if (changed === before) throw new Error(`shared/protocol/limits.ts has no ${limit}`);
    }
    return changed;
  },
};

/**
 * The terminal's code as one expression: a function that takes its globals by name and returns what `entry.ts` exports.
 * Each call is a realm of its own. Neither `eval` nor a module system is needed, so a page may run it under its policy.
 */
export async function terminalCode({ minify = false } = {}) {
  const result = await build({
    configFile: false,
    root: path.join(import.meta.dirname, '..', '..', '..'),
    logLevel: 'warn',
    plugins: [worldLimits],
    build: {
      write: false,
      minify,
      target: 'es2022',
      lib: {
        entry: path.join(import.meta.dirname, 'entry.ts'),
        formats: ['iife'],
        name: 'MostradorTerminal',
        fileName: 'terminal',
      },
    },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const [output] = Array.isArray(result) ? result : [result];
  const { code } = output.output[0];
  return `(function ({ ${GIVEN.join(', ')} }) {
let ${HIDDEN.join(', ')};
${code}
return MostradorTerminal;
})`;
}

const [, started, target] = process.argv;
if (started === import.meta.filename && target !== undefined) {
  writeFileSync(target, await terminalCode());
}
