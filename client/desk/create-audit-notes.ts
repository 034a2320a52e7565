import { Type } from '@sinclair/typebox';
import { validate } from '../../schemas/validate';
import type { Clock } from '../../shared/ports/clock';
import { instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import { type AuditNote, auditNoteSchema } from '../../shared/protocol/audit-messages';
import type { Settings } from '../db/settings';
import type { ApiClient } from '../http/api-client';

const KEY = 'auditNotes';
/** Notes that a terminal keeps while nobody hears them; of more than these the oldest go. */
const KEPT_MAX = 500;
const BATCH = 100;

type Told<N extends AuditNote = AuditNote> = N extends AuditNote
  ? Pick<N, 'action' | 'details'>
  : never;

/** What no document shows and the owner's log should: told at once, or with the next login that reaches the server. */
export interface AuditNotes {
  add(note: Told): Promise<void>;
  /** Tells the server what it has not heard; whether it does changes nothing here. */
  tell(): Promise<void>;
}

export function createAuditNotes(options: {
  settings: Settings;
  api: ApiClient;
  clock: Clock;
  ids: Ids;
  userId: () => string;
}): AuditNotes {
  const { settings, api, clock, ids } = options;
  /* One after the other: two that write at once would lose one's notes. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work);
    queue = next.catch(() => undefined);
    return next;
  };
  const read = async (): Promise<AuditNote[]> => {
    const stored = validate<AuditNote[]>(Type.Array(auditNoteSchema), await settings.get(KEY));
    return stored.ok ? stored.value : [];
  };

  const tell = async (): Promise<void> => {
    for (let notes = await read(); notes.length > 0; notes = await read()) {
      const batch = notes.slice(0, BATCH);
      const told = await api
        .request(
          { method: 'POST', path: '/api/audit/notes', body: { notes: batch } },
          Type.Unknown(),
        )
        .then(() => true)
        .catch(() => false);
      if (!told) return;
      await settings.set(KEY, notes.slice(BATCH));
    }
  };
  return {
    /* A disk that is full costs the note and nothing else. */
    add: (note) =>
      inTurn(async () => {
        const userId = options.userId();
        if (userId === '') return;
        const entry = { id: ids.newId(), at: instant(clock.now()), userId, ...note } as AuditNote;
        await settings.set(KEY, [...(await read()), entry].slice(-KEPT_MAX));
        await tell();
      }).catch(() => undefined),
    tell: () => inTurn(tell).catch(() => undefined),
  };
}
