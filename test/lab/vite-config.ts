import { readdirSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import type { InlineConfig, Plugin } from 'vite';
import { readScenarioFile } from '../world/scenario/read-scenario';
import { terminalCode } from '../world/terminal/build.mjs';
import { machineAliases } from './machine/aliases';
import type { ScenarioEntry } from './run/scenario-entry';

const here = import.meta.dirname;
const TERMINAL_CODE = 'virtual:terminal-code';
const SCENARIOS = 'virtual:scenarios';

const yamlIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => path.join(folder, name));

/** The scenarios as they are when this is built; one that cannot be read breaks the build, with its line. */
function scenarioEntries(): ScenarioEntry[] {
  const folder = path.join(here, '..', 'scenarios');
  return [...yamlIn(folder), ...yamlIn(path.join(folder, 'found'))].map((file) => {
    const id = path.basename(file, '.yaml');
    const number = /^f(\d\d)-/.exec(id)?.[1];
    return {
      id,
      requirement: number === undefined ? null : `F${Number(number)}`,
      scenario: readScenarioFile(file).scenario,
    };
  });
}

/** What the laboratory's program holds of the repository besides its modules. */
const bundledSources = (): Plugin => ({
  name: 'bundled-sources',
  enforce: 'pre',
  resolveId(id) {
    return id === TERMINAL_CODE || id === SCENARIOS ? `\0${id}` : null;
  },
  async load(id) {
    if (id === `\0${TERMINAL_CODE}`) {
      return `export const realmCode = ${await terminalCode({ minify: true })};`;
    }
    if (id === `\0${SCENARIOS}`) {
      return `export const scenarios = ${JSON.stringify(scenarioEntries())};`;
    }
    return null;
  },
});

const resolve = {
  alias: [
    { find: /^\.\/bundle$/, replacement: path.join(here, 'run', 'bundled-terminal.ts') },
    ...machineAliases,
  ],
};

/** The laboratory is a program of its own beside the terminal's, which does not change by a byte for it. */
export const laboratory: InlineConfig = {
  configFile: false,
  logLevel: 'warn',
  root: here,
  base: '/lab/',
  publicDir: false,
  resolve,
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [react(), bundledSources()],
  worker: {
    format: 'es',
    plugins: () => [bundledSources()],
    rollupOptions: { checks: { pluginTimings: false } },
  },
  build: {
    outDir: path.join(here, '..', '..', 'dist', 'client', 'lab'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 4000,
    modulePreload: false,
    rollupOptions: {
      input: { lab: path.join(here, 'mount-laboratory.tsx') },
      preserveEntrySignatures: 'strict',
      checks: { pluginTimings: false },
      output: { entryFileNames: '[name].js' },
    },
  },
};
