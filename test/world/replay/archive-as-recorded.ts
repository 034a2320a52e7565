import type { TracedCut } from '../../../client/trace/trace-entry';
import type { Doc } from '../oracle/server-view';
import type { Bookkeeper } from '../scenario/bookkeeper';
import type { World } from '../world';

/** Archives at the server what a recorded page says that the store had archived by then; ids are those of the replay. */
export async function archiveAsRecorded(
  { world, books }: { world: World; books: Bookkeeper },
  { issuedBefore: before, kept }: TracedCut,
): Promise<void> {
  const { store } = world.server.context;
  const at = new Date(world.scheduler.now).toISOString();
  await store.transaction(world.storeId, async ({ archive, documents }) => {
    const live = await documents.changes('invoices', 0, Number.MAX_SAFE_INTEGER);
    const json = typeof live.json === 'string' ? live.json : Buffer.from(live.json).toString();
    const archived = (JSON.parse(`[${json}]`) as (Doc & { issuedAt: string; ver: number })[])
      .filter(({ id, issuedAt }) => issuedAt < before && !kept.includes(id))
      .map(({ id, ver }) => ({ id, ver }));
    const isMade = live.cut?.before === before && archived.length === 0;
    /* No invoice was ever there: there is nothing to take away. */
    if (isMade || live.lastSeq === 0) return;
    world.trace.add('server', 'cuts', { before, kept });
    for (const { id } of archived) books.ledger.archived.add(id);
    const cut = { before, seq: live.lastSeq, kept };
    await archive.makeCut({ cut, archived, isLast: true }, at);
  });
}
