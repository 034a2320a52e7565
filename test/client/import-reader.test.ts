import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createImportReader } from '../../client/import/create-import-reader';
import type { ReaderAnswer, ReaderRequest } from '../../client/import/reader-messages';
import { workerReader } from '../../client/import/worker-reader';
import type { FilePreview } from '../../client/services/import-service';
import { LIMITS } from '../../shared/protocol/limits';
import type { ImportRequest } from '../../shared/protocol/messages';

const PRODUCTS =
  'codigo,descripcion,precio,cabys\nA1,Ñandú,1,0111100000100\nA2,Otro,1,9999999999999\n';
const CABYS = 'cabys,description,rate\n0111100000100,Trigo,1\n';
const CATALOGUE = 'ean13,name\n0000000001199,Solène\n';
const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name);
const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);
const told = (preview: FilePreview | undefined) =>
  preview?.ok === true
    ? [preview.kind, preview.products, preview.refused.map(({ code }) => code)]
    : preview?.code;
const unpacked = ({ bytes: body }: { bytes: Uint8Array }): ImportRequest =>
  JSON.parse(gunzipSync(body).toString('utf8'));

test('files of every form are read; one that is none does not stop the others', async () => {
  const previews = await createImportReader().read(
    [
      file('p.csv.gz', bytes(gzipSync(PRODUCTS))),
      file('hoja.xlsx', bytes(Buffer.from('504b030414', 'hex'))),
      file('roto.csv.gz', bytes(Buffer.from('1f8b080000', 'hex'))),
      file('latin.csv', bytes(Buffer.from(PRODUCTS, 'latin1'))),
      file('otro.csv', 'a,b\n1,2\n'),
    ],
    null,
  );
  expect(previews.map(told)).toEqual([
    ['products', 2, []],
    'FILE_NOT_TABLE',
    'FILE_NOT_TABLE',
    ['products', 2, []],
    'FILE_KIND_UNKNOWN',
  ]);
  expect(previews[1]).toMatchObject({ isSpreadsheet: true });
  expect(previews[3]).toMatchObject({ encoding: 'windows-1252' });
  expect(previews[3]?.ok === true && previews[3].sample.products[0]?.description).toBe('Ñandú');
});

test('a few bytes of gzip that hold gigabytes are let go of', async () => {
  const bomb = bytes(gzipSync(Buffer.alloc(LIMITS.importBytes + 1, 0x61)));
  const [preview] = await createImportReader().read([file('bomba.csv.gz', bomb)], null);
  expect(told(preview)).toBe('FILE_TOO_LARGE');
});

test('a CABYS list goes with products, and only with them; a price is read again without the files', async () => {
  const reader = createImportReader();
  const chosen = [file('p.csv', PRODUCTS), file('cabys.csv', CABYS), file('c.csv', CATALOGUE)];
  expect((await reader.read(chosen, null)).map(told)).toEqual([
    ['products', 1, ['UNKNOWN_CABYS']],
    ['cabys', 0, []],
    ['catalogue', 0, ['NO_PRICE']],
  ]);
  expect(told((await reader.reread(150_000))[2])).toEqual(['catalogue', 1, []]);
  expect(unpacked(await reader.pack(0))).toEqual({
    name: 'p.csv',
    text: PRODUCTS,
    cabys: CABYS,
    defaultPrice: 150_000,
  });
  expect(unpacked(await reader.pack(2))).toEqual({
    name: 'c.csv',
    text: CATALOGUE,
    defaultPrice: 150_000,
  });
  await expect(reader.pack(9)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('what would be over the server’s limit as a request is refused here', async () => {
  const reader = createImportReader();
  /* Each quote is two bytes in JSON. */
  const text = `nombre\n${`"${'""'.repeat(40)}"\n`.repeat(LIMITS.importBytes / 140)}`;
  await reader.read([file('comillas.csv', text)], null);
  await expect(reader.pack(0)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
});

/** A worker that runs in place. */
class FakeWorker extends EventTarget {
  readonly reader = createImportReader();
  terminated = false;

  postMessage(request: ReaderRequest): void {
    const done = (answer: ReaderAnswer) =>
      this.dispatchEvent(new MessageEvent('message', { data: answer }));
    if (request.method === 'read') {
      void this.reader
        .read(request.files, request.defaultPrice)
        .then((value) => done({ id: request.id, ok: true, value }));
    } else if (request.method === 'pack') {
      done({ id: request.id, ok: false, code: 'FILE_TOO_LARGE' });
    }
  }

  terminate(): void {
    this.terminated = true;
  }
}

test('the worker starts with the first file; its errors keep their code; a dead one is replaced', async () => {
  const started: FakeWorker[] = [];
  const reader = workerReader(() => {
    const worker = new FakeWorker();
    started.push(worker);
    return worker as unknown as Worker;
  });
  expect(started).toEqual([]);
  expect((await reader.read([file('p.csv', PRODUCTS)], null)).map(told)).toEqual([
    ['products', 2, []],
  ]);
  await expect(reader.pack(0)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  const waiting = reader.reread(1);
  started[0]?.dispatchEvent(new Event('error'));
  await expect(waiting).rejects.toMatchObject({ code: 'INTERNAL' });
  expect(started[0]?.terminated).toBe(true);
  await reader.read([file('x.csv', randomBytes(8).toString('hex'))], null);
  expect(started).toHaveLength(2);
});
