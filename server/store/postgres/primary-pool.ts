import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { AppError } from '../../../shared/errors/app-error';
import { HostPool, isNoAnswer } from './host-pool';
import { type Hosts, hostOf } from './hosts';
import type { PostgresLimits } from './limits';
import { type Role, roleOf, withProbe } from './probe';
import { replicated } from './replicated';

/** A write was refused because the host takes none any more. */
const READ_ONLY = '25006';
/** Codes by which a host says that it is stopping, starting, or no primary. */
const LEAVING = /^(57P0|08|25006)/;
/** The pool was full: it says nothing about the host. */
const FULL = 'timeout exceeded when trying to connect';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const isGone = (error: unknown): boolean =>
  error instanceof pg.DatabaseError
    ? LEAVING.test(codeOf(error))
    : !(error instanceof Error && error.message === FULL);

/**
 * The pool that Kysely works with: connections to the primary among some hosts. It moves on when the primary can not be
 * connected to, takes no writes any more, or falls silent; the connections to the old one are dropped then, so that no
 * transaction goes on over them. Every statement is listened to for commits that no standby has (`replicated`).
 */
export class PrimaryPool implements PostgresPool {
  readonly options = {};
  readonly #hosts: Hosts;
  readonly #limits: PostgresLimits;
  readonly #onIdleError: (error: Error) => void;
  #place: HostPool | null = null;
  #search: Promise<HostPool> | null = null;
  /** The latest timeline that was written to: an older primary that comes back is none. */
  #timeline = '';
  #isEnded = false;

  constructor(hosts: Hosts, limits: PostgresLimits, onIdleError: (error: Error) => void) {
    this.#hosts = hosts;
    this.#limits = limits;
    this.#onIdleError = onIdleError;
  }

  async connect(): Promise<PostgresPoolClient> {
    const place = this.#place ?? (await this.#find());
    try {
      return this.#watching(place, await place.connect());
    } catch (error) {
      if (!this.#hosts.primaryOnly || !isGone(error)) throw error;
      this.#leave(place, error);
      const next = this.#place ?? (await this.#find());
      return this.#watching(next, await next.connect());
    }
  }

  async end(): Promise<void> {
    this.#isEnded = true;
    await this.#search?.catch(() => undefined);
    await this.#place?.end();
  }

  /** A connection as Kysely asks for it. */
  #watching(place: HostPool, client: pg.PoolClient): PostgresPoolClient {
    let dead: unknown = null;
    const query = async (sql: string, parameters: unknown[]) => {
      /* What would roll back over a connection that gave no answer would wait as long again. */
      if (dead !== null) throw dead;
      try {
        const statement = client.query(sql, parameters);
        return await replicated(client, place.watched(client, statement));
      } catch (error) {
        if (isNoAnswer(error)) dead = error;
        if (codeOf(error) === READ_ONLY && this.#hosts.primaryOnly) this.#leave(place, error);
        throw error;
      }
    };
    const release = (discard?: boolean) => client.release(discard === true || dead !== null);
    const processID = 'processID' in client ? Number(client.processID) : 0;
    return { query, release, processID } as unknown as PostgresPoolClient;
  }

  #leave(place: HostPool, why: unknown): void {
    if (this.#place !== place) return;
    this.#place = null;
    this.#onIdleError(new Error(`database host ${place.host} was left`, { cause: why }));
    place.leave();
  }

  /** One search for all who wait. */
  #find(): Promise<HostPool> {
    this.#search ??= this.#pick()
      .then((url) => {
        const place: HostPool = new HostPool({
          url,
          host: hostOf(url),
          primaryOnly: this.#hosts.primaryOnly,
          limits: this.#limits,
          onIdleError: this.#onIdleError,
          onSilent: () => this.#leave(place, 'silent'),
        });
        this.#place = place;
        return place;
      })
      .finally(() => {
        this.#search = null;
      });
    return this.#search;
  }

  /** Asks all hosts at once; the primary of the latest timeline is it. STORE_BUSY where there is none. */
  async #pick(): Promise<string> {
    const { urls, primaryOnly } = this.#hosts;
    if (this.#isEnded) throw new AppError('SHUTTING_DOWN');
    const [first = ''] = urls;
    if (!primaryOnly) return first;
    const timeout = this.#limits.probe;
    const answers = await Promise.allSettled(
      urls.map((url) => withProbe({ url, timeout }, (client) => roleOf(client, timeout))),
    );
    let best: { url: string; role: Role } | null = null;
    for (const [index, answer] of answers.entries()) {
      const role = answer.status === 'fulfilled' ? answer.value : undefined;
      if (role === undefined || role.standby || role.timeline < this.#timeline) continue;
      if (best === null || role.timeline > best.role.timeline) {
        best = { url: urls[index] ?? '', role };
      }
    }
    if (best === null) {
      const said = answers.map((answer) =>
        answer.status === 'rejected' ? String(answer.reason) : 'takes no writes',
      );
      throw new AppError('STORE_BUSY', { hosts: urls.map(hostOf), said });
    }
    this.#timeline = best.role.timeline;
    return best.url;
  }
}
