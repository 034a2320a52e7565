import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type PostgresCluster, startCluster } from '../kit/postgres-cluster';

/** A primary and its standby, of which the standby takes over as often as one likes. */
export class Pair {
  readonly #first: PostgresCluster;
  #primary: PostgresCluster;
  #standby: PostgresCluster;
  readonly #synchronous: boolean;
  readonly url: string;

  private constructor(primary: PostgresCluster, standby: PostgresCluster, synchronous: boolean) {
    this.#first = primary;
    this.#primary = primary;
    this.#standby = standby;
    this.#synchronous = synchronous;
    const hosts = [primary, standby].map((cluster) => new URL(cluster.url()).host);
    this.url = primary.url().replace(hosts[0] ?? '', hosts.join(','));
  }

  static async start(synchronous: boolean): Promise<Pair> {
    const primary = await startCluster({ durable: true });
    const pair = new Pair(primary, await primary.startStandby(), synchronous);
    await pair.#follow();
    return pair;
  }

  /** The one of the two that takes writes. */
  get primaryUrl(): string {
    return this.#primary.url();
  }

  stopStandby(): Promise<void> {
    return this.#standby.kill();
  }

  /** The primary dies at once; the standby, which is started where it is down, becomes the primary. */
  async failOver(): Promise<void> {
    await this.#primary.kill();
    if (!this.#standby.isRunning) await this.#standby.start();
    const old = this.#primary;
    this.#primary = this.#standby;
    this.#standby = old;
    await this.#ask('select pg_promote()');
  }

  /** In the place of the old primary, another standby, made from what the new one has. */
  async makeStandby(): Promise<void> {
    const { port } = this.#standby;
    if (this.#standby !== this.#first) await this.#standby.remove();
    this.#standby = await this.#primary.startStandby({ port });
    await this.#follow();
  }

  async remove(): Promise<void> {
    for (const cluster of new Set([this.#standby, this.#primary, this.#first])) {
      await cluster.kill();
      await cluster.remove();
    }
  }

  /** Set after the standby was made, so that it does not wait for itself once it is promoted. */
  async #follow(): Promise<void> {
    if (this.#synchronous) {
      await this.#ask("alter system set synchronous_standby_names = 'standby'");
      await this.#ask('select pg_reload_conf()');
    }
    const wanted = this.#synchronous ? 'sync' : 'async';
    for (let state = ''; state !== wanted; await wait(20)) {
      const rows = await this.#ask(
        "select sync_state from pg_stat_replication where state = 'streaming'",
      );
      state = String(rows[0]?.['sync_state'] ?? '');
    }
  }

  async #ask(sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.primaryUrl });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }
}
