import type { TerminalDisk } from '../disk';
import type { Doc } from './server-view';

/** RxDB makes the version of a collection's schema part of its table's name: these are not at their first one. */
const SCHEMAS: Readonly<Record<string, number>> = { invoices: 1, users: 1 };

/**
 * Documents of a collection as their texts stand on a terminal's disk, whether it runs or not; what was taken away leaves
 * a row that is none.
 */
export const textsOn = (disk: TerminalDisk, collection: string): string[] =>
  disk
    .load(`${collection}.${SCHEMAS[collection] ?? 0}`)
    .filter((text) => !text.includes('"_deleted":true'));

/** A document without what RxDB keeps beside it. */
export function documentOf(text: string): Doc {
  const { _meta, _rev, _deleted, _attachments, ...document } = JSON.parse(text) as Doc;
  return document as Doc;
}

export const documentsOn = (disk: TerminalDisk, collection: string): Doc[] =>
  textsOn(disk, collection).map(documentOf);
