import type { ErrorCode } from '../../shared/errors/registry';
import type { FilePreview } from '../services/import-service';
import type { PackedImport } from './import-reader';

/** What the page asks of the worker, and what it answers. Both are of this build: nothing has to be parsed. */
export type ReaderCall =
  | { method: 'read'; files: readonly File[]; defaultPrice: number | null }
  | { method: 'reread'; defaultPrice: number | null }
  | { method: 'pack'; index: number };

export type ReaderRequest = ReaderCall & { id: number };

export type ReaderAnswer =
  | { id: number; ok: true; value: readonly FilePreview[] | PackedImport }
  | { id: number; ok: false; code: ErrorCode };
