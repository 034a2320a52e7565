import { decodeFile, isGzip } from '../../../../shared/import/decode-file';
import { readImport } from '../../../../shared/import/read-import';

const CSV = 'codigo;descripcion;precio\nA1;Café ñandú;1,50\n';
const descriptionOf = (bytes: Uint8Array) => {
  const { text, encoding } = decodeFile(bytes);
  return [encoding, readImport(text).products[0]?.whenNew.description];
};

test.each([
  ['utf-8', Buffer.from(CSV)],
  ['utf-8', Buffer.from(`\ufeff${CSV}`)],
  ['utf-16', Buffer.from(`\ufeff${CSV}`, 'utf16le')],
  ['utf-16', Buffer.from(`\ufeff${CSV}`, 'utf16le').swap16()],
  ['windows-1252', Buffer.from(CSV, 'latin1')],
])('%s is read by its bytes', (encoding, bytes) => {
  expect(descriptionOf(bytes)).toEqual([encoding, 'Café ñandú']);
});

test('a spreadsheet is told from a CSV, and says so', () => {
  const begin = Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]);
  expect(() => decodeFile(begin)).toThrow(
    expect.objectContaining({ code: 'FILE_NOT_TABLE', details: { spreadsheet: true } }),
  );
});

test('bytes that are no text are no table', () => {
  const garbage = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256));
  expect(() => readImport(decodeFile(garbage).text)).toThrow('FILE_NOT_TABLE');
});

test('gzip is known by its first bytes', () => {
  expect(isGzip(Buffer.from([0x1f, 0x8b, 8]))).toBe(true);
  expect(isGzip(Buffer.from(CSV))).toBe(false);
});
