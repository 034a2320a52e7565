import { AppError } from '../errors/app-error';
import type { Minor } from '../money/money';
import type { ImportKind } from './import-kind';
import { type ImportReading, readImport } from './read-import';

/** A file as text; `kind` where a person said it. */
export interface ImportFile {
  readonly name: string;
  readonly text: string;
  readonly kind?: ImportKind | undefined;
}

/** A file that was read, or why nothing of it can be taken. */
export type FileReading =
  | { readonly file: ImportFile; readonly reading: ImportReading; readonly error: null }
  | { readonly file: ImportFile; readonly reading: null; readonly error: AppError };

/**
 * Reads files that were chosen together: a CABYS list among them is the companion of the products, which are checked
 * against it (the first one, where there are several). One file that cannot be read does not stop the others.
 */
export function readFiles(
  files: readonly ImportFile[],
  { defaultPrice }: { defaultPrice: Minor | null },
): { readings: readonly FileReading[]; companion: ImportFile | null } {
  const readings = files.map((file) => read(file, { defaultPrice }));
  const list = readings.find(({ reading }) => reading?.cabys != null);
  const cabys = list?.reading?.cabys ?? null;
  return {
    readings: readings.map((one) =>
      cabys !== null && one.reading?.kind === 'products'
        ? read(one.file, { defaultPrice, cabys })
        : one,
    ),
    companion: list?.file ?? null,
  };
}

function read(file: ImportFile, options: Parameters<typeof readImport>[1]): FileReading {
  try {
    return { file, reading: readImport(file.text, { ...options, kind: file.kind }), error: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { file, reading: null, error };
  }
}
