import { Type } from '@sinclair/typebox';
import { distinctUntilChanged, map } from 'rxjs/operators';
import type { Clock } from '../../shared/ports/clock';
import type { TerminalReport } from '../../shared/protocol/fleet-messages';
import { databaseSettings } from '../db/settings';
import type { OpenDesk } from '../desk/create-desk';
import { createApiClient } from '../http/api-client';
import { settingsLeftSession } from '../session/left-session';
import { readReport } from './read-report';

/** A report is worth no waiting: the next one says the same, and more. */
const TIMEOUT_MS = 5_000;

const ENDED = new Set(['done', 'failed', 'cancelled']);

/**
 * Tells the server how this terminal stands, after each sync run and at login, while it can be reached. Stands beside the
 * desk: it waits for nothing of a sync and nothing waits for it, its message is not part of the trace, and what goes wrong
 * with it (a full disk, a server that is too old) is nobody's concern. `idle` resolves when no report is under way.
 */
export function startReports(
  desk: Pick<OpenDesk, 'db' | 'sync' | 'session' | 'status'>,
  { fetch, baseUrl, clock }: { fetch: typeof globalThis.fetch; baseUrl: string; clock: Clock },
): { idle: () => Promise<void>; close: () => void } {
  const api = createApiClient({ baseUrl, fetch, timeoutMs: TIMEOUT_MS });
  const source = { db: desk.db, settings: databaseSettings(desk.db), clock };
  const left = settingsLeftSession(source.settings, api);
  let isClosed = false;
  let reports: Promise<void> = Promise.resolve();

  const send = async (reason: TerminalReport['reason']): Promise<void> => {
    /* The end of a run is seen before it stands in the history, from which the report is read. */
    if (reason === 'run') await desk.sync.idle();
    const { connection } = desk.status.status$.getValue();
    if (isClosed || connection === 'offline') return;
    if (desk.session.state$.getValue().kind !== 'signedIn') return;
    /* It would go out under the session of somebody who is gone. */
    if (await left.isLeft()) return;
    const body = await readReport(source, reason);
    const path = '/api/terminals/self/report';
    await api.request({ method: 'POST', path, body }, Type.Unknown());
  };
  const tell = (reason: TerminalReport['reason']): void => {
    reports = reports.then(() => send(reason)).catch(() => undefined);
  };

  const runs = desk.sync.run$.pipe(
    map(({ runId, phase }) => (ENDED.has(phase) ? runId : null)),
    distinctUntilChanged(),
  );
  const users = desk.session.state$.pipe(
    map((state) => (state.kind === 'signedIn' && state.mode === 'online' ? state.user.id : null)),
    distinctUntilChanged(),
  );
  const subscriptions = [
    users.subscribe((user) => {
      if (user !== null) tell('login');
    }),
    runs.subscribe((run) => {
      if (run !== null) tell('run');
    }),
  ];
  return {
    idle: () => reports,
    close: () => {
      isClosed = true;
      for (const subscription of subscriptions) subscription.unsubscribe();
    },
  };
}
