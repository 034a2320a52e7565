import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  fsyncSync,
  openSync,
  renameSync,
} from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { AppError } from '../../../shared/errors/app-error';
import type { RowSource } from './load-tables';
import type { RowBatch } from './read-tables';

/*
 * A backup is gzipped lines of JSON, the same from every database: a head, then for each table a line that names it
 * with its columns and one line a row, then an end with the number of rows and a hash of all lines before it.
 */
const FORMAT = 'mostrador-backup';
const VERSION = 1;

/** Writes a backup; the file has its name only once it is whole and on the disk. Returns the number of rows. */
export async function writeBackupFile(
  file: string,
  { at, migrations, batches }: RowSource & { at: string },
): Promise<number> {
  const part = `${file}.part`;
  let count = 0;
  async function* lines(): AsyncGenerator<string> {
    const hash = createHash('sha256');
    const line = (value: unknown): string => {
      const text = `${JSON.stringify(value)}\n`;
      hash.update(text);
      return text;
    };
    yield line({ format: FORMAT, version: VERSION, at, migrations });
    let table = '';
    for await (const batch of batches) {
      if (batch.table !== table) yield line({ table: batch.table, columns: batch.columns });
      table = batch.table;
      count += batch.rows.length;
      if (batch.rows.length > 0) yield batch.rows.map(line).join('');
    }
    yield `${JSON.stringify({ rows: count, sha256: hash.digest('hex') })}\n`;
  }
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(part, { mode: 0o600 }));
  const handle = openSync(part, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(part, file);
  return count;
}

/** Opens a backup. What is wrong with it is thrown (BAD_REQUEST `backup`) where it is met, at the latest by its last row. */
export async function readBackupFile(file: string): Promise<RowSource & { at: string }> {
  const lines = readLines(file)[Symbol.asyncIterator]();
  const first = await lines.next();
  const head = first.done === true ? null : parse(first.value);
  if (head === null || head['format'] !== FORMAT) throw bad('this file is no backup');
  if (head['version'] !== VERSION) throw bad('made by a newer program');
  const hash = createHash('sha256').update(`${first.value}\n`);
  const migrations = head['migrations'] as string[];
  return { at: String(head['at']), migrations, batches: batchesOf(lines, hash) };
}

const BATCH = 500;

async function* batchesOf(
  lines: AsyncIterator<string>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<RowBatch> {
  let current: { table: string; columns: string[] } | null = null;
  let rows: RowBatch['rows'][number][] = [];
  let count = 0;
  const flush = (): RowBatch[] => {
    const batch = current === null || rows.length === 0 ? [] : [{ ...current, rows }];
    rows = [];
    return batch;
  };
  for (;;) {
    const next = await lines.next();
    if (next.done === true) throw bad('it is cut off');
    const value: unknown = JSON.parse(next.value);
    if (Array.isArray(value)) {
      count += 1;
      rows.push(value);
      if (rows.length === BATCH) yield* flush();
    } else {
      yield* flush();
      const line = value as Record<string, unknown>;
      if (typeof line['sha256'] === 'string') {
        if (line['sha256'] !== hash.digest('hex') || line['rows'] !== count) {
          throw bad('it was changed or damaged');
        }
        return;
      }
      current = { table: String(line['table']), columns: line['columns'] as string[] };
    }
    hash.update(`${next.value}\n`);
  }
}

async function* readLines(file: string): AsyncGenerator<string> {
  const gunzip = createGunzip();
  const input = createReadStream(file);
  input.on('error', (error) => gunzip.destroy(error));
  try {
    yield* createInterface({ input: input.pipe(gunzip), crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    throw bad(String(error));
  } finally {
    input.destroy();
  }
}

function parse(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}

const bad = (why: string): AppError => new AppError('BAD_REQUEST', { backup: why });
