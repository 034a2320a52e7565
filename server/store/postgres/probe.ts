import { Socket } from 'node:net';
import pg from 'pg';

/** A standby says so; the timeline grows by one with each promotion, so that of two primaries the later one is known. */
const ROLE = `select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as standby,
  case when pg_is_in_recovery() then '' else substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end as timeline`;
/** The same of an engine that speaks PostgreSQL's language and is none. */
const PLAIN_ROLE = `select current_setting('transaction_read_only') = 'on' as standby, '' as timeline`;
const UNDEFINED_FUNCTION = '42883';

export interface Role {
  standby: boolean;
  /** Hexadecimal, of one length; empty where the engine has none. */
  timeline: string;
}

/** Asks over a connection whether its host is a primary. */
export async function roleOf(
  client: Pick<pg.ClientBase, 'query'>,
  timeout: number,
): Promise<Role | undefined> {
  /* The driver knows a limit for one statement; its types do not. */
  const ask = (text: string) =>
    client.query<Role>({ text, query_timeout: timeout } as { text: string });
  const { rows } = await ask(ROLE).catch((error: { code?: string }) => {
    if (error.code !== UNDEFINED_FUNCTION) throw error;
    return ask(PLAIN_ROLE);
  });
  return rows[0];
}

/** Gives the work a connection of its own, which is gone afterwards whatever the host does; all within `timeout` ms each. */
export async function withProbe<T>(
  { url, timeout }: { url: string; timeout: number },
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const socket = new Socket();
  const client = new pg.Client({
    connectionString: url,
    application_name: 'mostrador-probe',
    stream: () => socket,
    connectionTimeoutMillis: timeout,
    query_timeout: timeout,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    /* A host that is silent never says goodbye. */
    client.end(() => socket.destroy());
    setTimeout(() => socket.destroy(), timeout).unref();
  }
}
