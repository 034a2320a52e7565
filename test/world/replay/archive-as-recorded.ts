import type { TracedCut, TracedDocument } from '../../../client/trace/trace-entry';
import type { Doc } from '../oracle/server-view';
import type { ReplayParts } from './replay-parts';

/** Whether a cut takes an invoice that was there when it was made. */
export const isTakenBy =
  ({ issuedBefore, kept }: TracedCut) =>
  (invoice: TracedDocument): boolean =>
    String(invoice['issuedAt']) < issuedBefore && !kept.includes(String(invoice['id']));

/** Archives at the server what a recorded page says that the store had archived by then; ids are those of the replay. */
export async function archiveAsRecorded(
  { world, books }: Pick<ReplayParts, 'world' | 'books'>,
  cut: TracedCut,
): Promise<void> {
  const { issuedBefore: before, kept } = cut;
  const { store } = world.server.context;
  const at = new Date(world.scheduler.now).toISOString();
  await store.transaction(world.storeId, async ({ archive, documents }) => {
    const live = await documents.changes('invoices', 0, Number.MAX_SAFE_INTEGER);
    const json = typeof live.json === 'string' ? live.json : Buffer.from(live.json).toString();
    const archived = (JSON.parse(`[${json}]`) as (Doc & { ver: number })[])
      .filter(isTakenBy(cut))
      .map(({ id, ver }) => ({ id, ver }));
    const isMade = live.cut?.before === before && archived.length === 0;
    /* No invoice was ever there: there is nothing to take away. */
    if (isMade || live.lastSeq === 0) return;
    world.trace.add('server', 'cuts', { before, kept });
    for (const { id } of archived) books.ledger.archived.add(id);
    const made = { before, seq: live.lastSeq, kept };
    await archive.makeCut({ cut: made, archived, isLast: true }, at);
  });
}
