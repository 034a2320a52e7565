import type { TestServer } from './start-server';

/** Makes the store's next cut, up to the instant; returns how many invoices it archived. */
export async function makeCut(
  { context, storeId }: Pick<TestServer, 'context' | 'storeId'>,
  to: string,
): Promise<number> {
  return context.store.transaction(storeId, async ({ archive }) => {
    const planned = await archive.planCut(to, 2000);
    if (planned === null) return 0;
    await archive.makeCut(planned, new Date(context.ports.clock.now()).toISOString());
    return planned.archived.length;
  });
}
