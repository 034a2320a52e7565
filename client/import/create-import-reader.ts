import { AppError, errorCodeOf } from '../../shared/errors/app-error';
import { decodeFile, type FileEncoding, isGzip } from '../../shared/import/decode-file';
import { type FileReading, type ImportFile, readFiles } from '../../shared/import/read-files';
import type { HeaderFault } from '../../shared/import/read-rows';
import { LIMITS } from '../../shared/protocol/limits';
import type { ImportRequest } from '../../shared/protocol/messages';
import { type FilePreview, SAMPLE_SIZE } from '../services/import-service';
import type { ImportReader, PackedImport } from './import-reader';

/** A chosen file as text, or why its bytes are none. */
type Loaded = { file: ImportFile; encoding: FileEncoding } | { error: unknown };

/** Reads files where it stands: in a worker in the browser (`reader-worker`), in place in tests. */
export function createImportReader(): ImportReader {
  let loaded: readonly Loaded[] = [];
  let price: number | null = null;
  let companion: ImportFile | null = null;
  let readings: readonly FileReading[] = [];

  const previews = (defaultPrice: number | null): readonly FilePreview[] => {
    price = defaultPrice;
    const files = loaded.flatMap((one) => ('file' in one ? [one.file] : []));
    ({ readings, companion } = readFiles(files, { defaultPrice }));
    let next = 0;
    return loaded.map((one) => {
      if ('error' in one) return failed(one.error);
      const reading = readings[next++];
      return reading === undefined ? failed(null) : previewOf(reading, one.encoding);
    });
  };

  return {
    async read(files, defaultPrice) {
      loaded = [];
      const all: Loaded[] = [];
      for (const file of files) all.push(await load(file));
      loaded = all;
      return previews(defaultPrice);
    },
    reread: (defaultPrice) => Promise.resolve(previews(defaultPrice)),
    async pack(index) {
      const one = loaded[index];
      if (one === undefined || !('file' in one)) throw new AppError('NOT_FOUND', { index });
      const { name, text } = one.file;
      const isProducts = readings.some(
        ({ file, reading }) => file === one.file && reading?.kind === 'products',
      );
      const request: ImportRequest = {
        name: name.slice(0, 200),
        text,
        ...(price === null ? {} : { defaultPrice: price }),
        ...(isProducts && companion !== null ? { cabys: companion.text } : {}),
      };
      return packed(JSON.stringify(request));
    },
  };
}

async function load(file: File): Promise<Loaded> {
  try {
    if (file.size > LIMITS.importBytes) throw new AppError('FILE_TOO_LARGE');
    const bytes = await bytesOf(file);
    const { text, encoding } = decodeFile(bytes);
    return { file: { name: file.name, text }, encoding };
  } catch (error) {
    return { error };
  }
}

/** The bytes of a file, out of its gzip where it is one. FILE_TOO_LARGE, FILE_NOT_TABLE (a broken gzip). */
async function bytesOf(file: File): Promise<Uint8Array> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (!isGzip(head)) return new Uint8Array(await file.arrayBuffer());
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new AppError('FILE_NOT_TABLE', {}, { cause });
    });
    if (done) break;
    size += value.byteLength;
    /* A few bytes of gzip can hold gigabytes. */
    if (size > LIMITS.importBytes) {
      void reader.cancel();
      throw new AppError('FILE_TOO_LARGE');
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** A tenth of the size goes over the line, where the browser can compress. */
async function packed(json: string): Promise<PackedImport> {
  const blob = new Blob([json]);
  if (blob.size > LIMITS.importBytes) throw new AppError('FILE_TOO_LARGE');
  const isGzipped = typeof CompressionStream !== 'undefined';
  const body = isGzipped
    ? await new Response(blob.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
    : await blob.arrayBuffer();
  return { bytes: new Uint8Array(body), isGzip: isGzipped };
}

function previewOf({ reading, error }: FileReading, encoding: FileEncoding): FilePreview {
  if (reading === null) return failed(error);
  const { kind, lines, products, clients, refused, unusedHeaders, derived } = reading;
  return {
    ok: true,
    kind,
    lines,
    products: products.length,
    clients: clients.length,
    refused,
    unusedHeaders,
    derived,
    encoding,
    sample: {
      products: products.slice(0, SAMPLE_SIZE).map(({ whenNew }) => whenNew),
      clients: clients.slice(0, SAMPLE_SIZE).map(({ whenNew }) => whenNew),
    },
  };
}

function failed(error: unknown): FilePreview {
  const details = error instanceof AppError ? error.details : {};
  const code = errorCodeOf(error);
  return {
    ok: false,
    code,
    headers: code === 'FILE_HEADER_BAD' ? (details['headers'] as HeaderFault[]) : [],
    isSpreadsheet: details['spreadsheet'] === true,
  };
}
