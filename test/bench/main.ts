import { rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildPage } from '../kit/build-page';
import { benchServer } from './bench-store';
import { type Figure, toLine, toTable } from './figures';
import { manyFigures } from './many-bench';
import { pullFigures } from './pull-bench';
import { terminalFigures } from './terminal-bench';

/*
 * npm run bench [-- --json FILE] [--repetitions N] [--only terminal,many,server] [--tiny]
 * Speed as ratios within this run, never as bare times: a machine that others use is slow for both sides of a ratio.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    repetitions: { type: 'string', default: '5' },
    only: { type: 'string', default: 'terminal,many,server' },
    tiny: { type: 'boolean', default: false },
  },
});
const PARTS = ['terminal', 'many', 'server'] as const;
const wanted = values.only.split(',');
const repetitions = values.tiny ? 1 : Number(values.repetitions);
if (
  !Number.isInteger(repetitions) ||
  repetitions < 1 ||
  repetitions > 20 ||
  wanted.some((part) => !(PARTS as readonly string[]).includes(part))
) {
  console.error(
    'Usage: npm run bench -- [--json FILE] [--repetitions 1..20] [--only terminal,many,server] [--tiny]',
  );
  process.exit(1);
}
const SIZES = values.tiny
  ? { products: 300, invoices: 5, many: 1200, pages: 5 }
  : { products: 10_000, invoices: 500, many: 50_000, pages: 300 };

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const began = Date.now();
const clientDir = buildPage(path.resolve('test/bench/bench-page'), path.resolve('dist/client'));

async function withStore(
  products: number,
  measure: (server: Awaited<ReturnType<typeof benchServer>>) => Promise<Figure[]>,
): Promise<Figure[]> {
  const server = await benchServer({ products, clientDir });
  try {
    return await measure(server);
  } finally {
    await server.close();
  }
}

const { products, invoices, many, pages } = SIZES;
const figures: Figure[] = [];
try {
  if (wanted.includes('terminal')) {
    const sizes = { products, invoices, repetitions };
    figures.push(...(await withStore(products, (server) => terminalFigures(server, sizes, say))));
  }
  if (wanted.includes('many')) {
    figures.push(...(await withStore(many, (server) => manyFigures(server, many, say))));
  }
  if (wanted.includes('server')) {
    const sizes = { products, pages, repetitions };
    figures.push(...(await withStore(products, (server) => pullFigures(server, sizes, say))));
  }
} finally {
  rmSync(clientDir, { recursive: true, force: true });
}

const lines = figures.map(toLine);
const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'cpu'}, Node ${process.version}`;
console.log(toTable(lines));
console.log(`\n${machine}; ${Math.round((Date.now() - began) / 1000)} s`);
if (values.json !== undefined) {
  const at = new Date().toISOString();
  writeFileSync(values.json, `${JSON.stringify({ at, machine, sizes: SIZES, lines }, null, 2)}\n`);
}
const missed = lines.filter(({ holds }) => holds === false);
process.exit(missed.length === 0 ? 0 : 1);
