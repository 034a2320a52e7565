import type { FilePreview } from '../services/import-service';

/** The body of an import request, ready to be sent. */
export interface PackedImport {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isGzip: boolean;
}

/**
 * Reads chosen files. A port, since 200,000 lines are read in a worker of the browser, which tests have not. It keeps the
 * files' text until the next `read`, for `reread` and `pack`.
 */
export interface ImportReader {
  read(files: readonly File[], defaultPrice: number | null): Promise<readonly FilePreview[]>;
  reread(defaultPrice: number | null): Promise<readonly FilePreview[]>;
  /** The request for the file at that place. Throws FILE_TOO_LARGE. */
  pack(index: number): Promise<PackedImport>;
}
