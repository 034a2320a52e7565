import { AppError } from '../errors/app-error';

/** How a file's bytes were understood. Spreadsheets in Spanish still save "CSV" as Windows-1252. */
export type FileEncoding = 'utf-8' | 'utf-16' | 'windows-1252';

const startsWith = (bytes: Uint8Array, ...begin: number[]): boolean =>
  begin.every((byte, index) => bytes[index] === byte);

export const isGzip = (bytes: Uint8Array): boolean => startsWith(bytes, 0x1f, 0x8b);

/** The begin of a zip, which every .xlsx and .ods is, and of an old .xls. */
const isSpreadsheet = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0);

/**
 * The text of a file's bytes (not gzip): by its byte order mark, else UTF-8 where it is that, else Windows-1252. Throws
 * FILE_NOT_TABLE for a spreadsheet's own format; what else is no text is noticed when it is read as a table.
 */
export function decodeFile(bytes: Uint8Array): { text: string; encoding: FileEncoding } {
  if (isSpreadsheet(bytes)) throw new AppError('FILE_NOT_TABLE', { spreadsheet: true });
  if (startsWith(bytes, 0xff, 0xfe)) return decode(bytes, 'utf-16le', 'utf-16');
  if (startsWith(bytes, 0xfe, 0xff)) return decode(bytes, 'utf-16be', 'utf-16');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return decode(bytes, 'windows-1252', 'windows-1252');
  }
}

const decode = (bytes: Uint8Array, label: string, encoding: FileEncoding) => ({
  text: new TextDecoder(label).decode(bytes),
  encoding,
});
