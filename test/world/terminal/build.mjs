// Bundles the real client, with its own copy of RxDB, into one script that a realm of its own can run: node build.mjs FILE
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const [, , target] = process.argv;
const result = await build({
  configFile: false,
  root: path.join(import.meta.dirname, '..', '..', '..'),
  logLevel: 'warn',
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
