// Bundles the real client, with its own copy of RxDB, into one script that a realm of its own can run: node build.mjs FILE
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

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

const [, , target] = process.argv;
const result = await build({
  configFile: false,
  root: path.join(import.meta.dirname, '..', '..', '..'),
  logLevel: 'warn',
  plugins: [worldLimits],
  build: {
    write: false,
    minify: false,
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
writeFileSync(target, output.output[0].code);
