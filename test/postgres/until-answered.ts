import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

/** Asks this database until it answers with a row; for as long as the test may take. */
export async function untilAnswered(
  url: string,
  question: string,
): Promise<Record<string, unknown>> {
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query(question);
      if (rows[0] !== undefined) return rows[0];
    } catch {
      /* Not yet. */
    } finally {
      await client.end().catch(() => undefined);
    }
    await wait(50);
  }
}
