import type { RxCollection } from 'rxdb';
import type { OpenDesk } from '../../../client/desk/create-desk';
import { WRITTEN_COLLECTIONS } from '../../../client/pending/pending-counts';
import type { SaleLine } from '../../../client/services/sales-service';
import { plainDocument } from '../../../client/trace/plain-document';
import { isLocal } from '../../../client/trace/record-changes';
import type { TracedCall } from '../../../client/trace/trace-entry';
import { type AnyDocument, isCollectionName } from '../../../schemas/registry';
import { AppError } from '../../../shared/errors/app-error';
import type { RunReport, WrittenDocument } from './operations';

type Args = readonly unknown[];
type Calls = Record<string, Record<string, (...args: unknown[]) => unknown>>;

/** Does again what a screen once asked of the desk. `secret`: what no trace has, the password or the code that is typed. */
export async function performCall(
  desk: OpenDesk,
  call: TracedCall,
  secret: string,
): Promise<WrittenDocument[]> {
  const written: WrittenDocument[] = [];
  const subscriptions = WRITTEN_COLLECTIONS.map((collection) =>
    (desk.db[collection] as unknown as RxCollection<AnyDocument>).eventBulks$.subscribe(
      ({ events, context }) => {
        if (!isLocal(context)) return;
        for (const { documentData, previousDocumentData } of events) {
          const after = plainDocument(documentData);
          const previous = previousDocumentData ?? null;
          const before = previous === null ? null : plainDocument(previous);
          if (after['pending'] === 1) written.push({ collection, before, after });
        }
      },
    ),
  );
  try {
    const args = await decode(desk, call, secret);
    await (desk as unknown as Calls)[call.service]?.[call.method]?.(...args);
    /* Observers hear of a write a turn later than who wrote. */
    await new Promise((resolve) => setTimeout(resolve, 0));
    return written;
  } finally {
    for (const subscription of subscriptions) subscription.unsubscribe();
  }
}

async function decode(
  desk: OpenDesk,
  { service, method, args }: TracedCall,
  secret: string,
): Promise<Args> {
  const [first, second] = args as [never, never];
  switch (`${service}.${method}`) {
    case 'session.enrol':
      return [{ ...(first as { name: string }), code: secret }];
    case 'session.login':
      return [{ ...(first as { userName: string }), password: secret }];
    case 'sync.reauthenticate':
      return [secret];
    case 'sales.issue':
    case 'sales.issueNote':
      return [await withProducts(desk, first)];
    case 'sales.creditNote':
      return [await invoiceOf(desk, first), quantities(second)];
    case 'sales.debitNote':
      return [await invoiceOf(desk, first), second];
    case 'attention.applyMine':
    case 'attention.keepTheirs':
      return [await conflictOf(desk, first, second)];
    default:
      return args;
  }
}

type TracedLine = Omit<SaleLine, 'product'> & { productId: string };

async function withProducts(desk: OpenDesk, request: { lines: readonly TracedLine[] }) {
  const lines: SaleLine[] = [];
  for (const { productId, ...line } of request.lines) {
    const product = await desk.db.products.findOne(productId).exec();
    if (product === null) throw new AppError('NOT_FOUND', { productId });
    lines.push({ ...line, product: product.toMutableJSON() });
  }
  return { ...request, lines };
}

async function invoiceOf(desk: OpenDesk, id: string) {
  const invoice = await desk.invoices.find(id);
  if (invoice === null) throw new AppError('NOT_FOUND', { id });
  return invoice;
}

const quantities = (options: { reason: string; quantities?: [number, number][] }) =>
  options.quantities === undefined
    ? options
    : { ...options, quantities: new Map(options.quantities) };

/** The conflict that was last noted about a document and is open. */
async function conflictOf(desk: OpenDesk, collection: string, id: string): Promise<string> {
  const open = await desk.db.conflicts.find({ selector: { status: 'open' } }).exec();
  const found = open
    .filter((record) => record.collectionName === collection && record.documentId === id)
    .sort((a, b) => (a.at < b.at ? 1 : -1))[0];
  if (found === undefined) throw new AppError('NOT_FOUND', { collection, id });
  return found.id;
}

/** The run that is on to its end, as the terminal reports it. */
export async function runEnded(desk: OpenDesk): Promise<RunReport> {
  await desk.sync.idle();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await desk.sync.idle();
  const { unit, phase, counts, pending, errorCode, equality } = desk.sync.run$.getValue();
  return { unit, status: phase, ...counts, pending, errorCode, equality };
}

/** Puts a document or a record where it lay, past all checks. */
export async function putDocument(
  desk: OpenDesk,
  name: string,
  document: Record<string, unknown>,
): Promise<void> {
  if (!isCollectionName(name) && name !== 'conflicts' && name !== 'rejected') return;
  const collection = desk.db[name] as unknown as RxCollection<AnyDocument>;
  const found = await collection.findOne(String(document['id'])).exec();
  if (found === null) await collection.insert(document as never);
  else await found.incrementalPatch(document as never);
}
