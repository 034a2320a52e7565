import type { TerminalDisk } from '../disk';
import type { Doc } from './server-view';

/** Version of the schema of every synced collection, which RxDB makes part of a table's name. */
const SCHEMA = 0;

/** Documents of a collection as their texts stand on a terminal's disk, whether it runs or not. */
export const textsOn = (disk: TerminalDisk, collection: string): string[] =>
  disk.load(`${collection}.${SCHEMA}`);

/** A document without what RxDB keeps beside it. */
export function documentOf(text: string): Doc {
  const { _meta, _rev, _deleted, _attachments, ...document } = JSON.parse(text) as Doc;
  return document as Doc;
}

export const documentsOn = (disk: TerminalDisk, collection: string): Doc[] =>
  textsOn(disk, collection).map(documentOf);
