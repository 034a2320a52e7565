import { Subject } from 'rxjs';
import type { Clock } from '../../shared/ports/clock';
import { type ApiClient, createApiClient } from './api-client';

/** Whether the server was reached, and how far its clock is ahead, ms; null where its answer does not say. */
export interface Contact {
  reached: boolean;
  skewMs: number | null;
}

/** What one terminal asks its server through, by how long an answer may take. */
export interface ApiClients {
  /** All that is not said below. Not yet in the trace for QA. */
  untraced: ApiClient;
  /** Is anybody there? */
  pinger: ApiClient;
  /** Whole files. */
  slow: ApiClient;
  /** Each request that was answered, or not. */
  contacts$: Subject<Contact>;
}

/** A push of 1 MiB over a slow line; and what is lost in a broken one is asked for again within the minute. */
const REQUEST_TIMEOUT_MS = 45_000;
const PING_TIMEOUT_MS = 5_000;
/** A large file over a slow line, and all that the server does with it. */
const IMPORT_TIMEOUT_MS = 600_000;

export function createApiClients({
  baseUrl,
  fetch,
  clock,
}: {
  /** '' in the browser, `http://host:port` elsewhere. */
  baseUrl: string;
  fetch: typeof globalThis.fetch;
  clock: Clock;
}): ApiClients {
  const contacts$ = new Subject<Contact>();
  const onContact = (contact: { reached: boolean; serverDate: string | null }): void => {
    const serverTime = contact.serverDate === null ? Number.NaN : Date.parse(contact.serverDate);
    contacts$.next({
      reached: contact.reached,
      skewMs: Number.isNaN(serverTime) ? null : serverTime - clock.now(),
    });
  };
  const within = (timeoutMs: number) => createApiClient({ baseUrl, fetch, timeoutMs, onContact });
  return {
    untraced: within(REQUEST_TIMEOUT_MS),
    pinger: within(PING_TIMEOUT_MS),
    slow: within(IMPORT_TIMEOUT_MS),
    contacts$,
  };
}
