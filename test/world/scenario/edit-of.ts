import type { TerminalDisk } from '../disk';
import { documentsOn } from '../oracle/disk-documents';
import type { Operation } from '../terminal/operations';

/** Fields that somebody is about to give values. */
export interface AskedEdit {
  collection: string;
  id: string;
  change: object;
}

/** What an operation will change in a document that there is already; null where it is no such operation. */
export function editOf(operation: Operation, disk: TerminalDisk): AskedEdit | null {
  switch (operation.op) {
    case 'editClient':
      return { collection: 'clients', id: operation.id, change: operation.change };
    case 'editProduct':
      return { collection: 'products', id: operation.id, change: operation.change };
    case 'applyMine':
      return mineOf(disk);
    default:
      return null;
  }
}

/** What the person will say again: their side of the first open conflict, as their screen shows it. */
function mineOf(disk: TerminalDisk): AskedEdit | null {
  const [first] = documentsOn(disk, 'conflicts')
    .filter((record) => record['status'] === 'open')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  if (first === undefined) return null;
  const fields = first['fields'] as { field: string; mine: unknown }[];
  return {
    collection: String(first['collectionName']),
    id: String(first['documentId']),
    change: Object.fromEntries(fields.map(({ field, mine }) => [field, mine])),
  };
}
