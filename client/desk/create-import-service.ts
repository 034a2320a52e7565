import { BehaviorSubject } from 'rxjs';
import { AppError, errorCodeOf } from '../../shared/errors/app-error';
import { type ImportReply, importReplySchema } from '../../shared/protocol/messages';
import type { ApiClient } from '../http/api-client';
import type { ImportReader } from '../import/import-reader';
import {
  type ChosenFile,
  type FileOutcome,
  type FilePreview,
  type ImportService,
  type ImportState,
  isToSend,
  NO_IMPORT,
} from '../services/import-service';
import type { SessionService } from '../services/session-service';
import { needsPassword } from '../sync/needs-password';
import { authorWho, type CurrentAuthor } from './author';

/** Reads chosen files on this terminal and sends them to the server, one request a file. */
export function createImportService(options: {
  api: ApiClient;
  reader: ImportReader;
  author: CurrentAuthor;
  session: Pick<SessionService, 'state$' | 'reauthenticate'>;
}): ImportService & { close(): void } {
  const { api, reader, author, session } = options;
  const state$ = new BehaviorSubject<ImportState>(NO_IMPORT);
  const set = (change: Partial<ImportState>): void =>
    state$.next({ ...state$.getValue(), ...change });
  const setOutcome = (id: string, outcome: FileOutcome): void =>
    set({
      files: state$.getValue().files.map((file) => (file.id === id ? { ...file, outcome } : file)),
    });
  /* Another choice of files while some are read: the answer that comes late is not for the new ones. */
  let turn = 0;
  const readThen = async (read: Promise<readonly FilePreview[]>): Promise<void> => {
    const mine = ++turn;
    set({ phase: 'reading' });
    const previews = await read.catch((error: unknown) => errorCodeOf(error));
    if (mine !== turn) return;
    const preview = (index: number): FilePreview | null =>
      typeof previews === 'string'
        ? { ok: false, code: previews, headers: [], isSpreadsheet: false }
        : (previews[index] ?? null);
    set({
      phase: 'idle',
      files: state$.getValue().files.map((file, index) => ({ ...file, preview: preview(index) })),
    });
  };
  const clear = (): void => {
    turn += 1;
    state$.next(NO_IMPORT);
  };

  const send = async (): Promise<void> => {
    if (state$.getValue().phase !== 'idle') return;
    const mine = turn;
    set({ phase: 'sending' });
    for (const [index, file] of state$.getValue().files.entries()) {
      if (!isToSend(file)) continue;
      const code = await sendOne(file, index);
      if (mine !== turn) return;
      if (code === null) continue;
      set({ phase: needsPassword(code) ? 'needs-password' : 'idle' });
      return;
    }
    set({ phase: 'idle' });
  };

  /** Null where the server took the file, else the code of what went wrong. */
  const sendOne = async ({ id }: ChosenFile, index: number) => {
    setOutcome(id, { kind: 'sending' });
    try {
      authorWho(author, 'importData');
      const packed = await reader.pack(index);
      const reply = await api.request<ImportReply>(
        { method: 'POST', path: '/api/imports', packed },
        importReplySchema,
      );
      setOutcome(id, { kind: 'done', reply });
      return null;
    } catch (error) {
      const code = errorCodeOf(error);
      setOutcome(id, needsPassword(code) ? { kind: 'none' } : { kind: 'failed', code });
      return code;
    }
  };

  /* What one person chose is not for the next one at this desk. */
  const subscription = session.state$.subscribe(({ kind }) => {
    if (kind !== 'signedIn' && state$.getValue() !== NO_IMPORT) clear();
  });

  return {
    state$,
    choose(files) {
      const chosen = files.map(
        ({ name }, index): ChosenFile => ({
          id: String(index),
          name,
          preview: null,
          outcome: { kind: 'none' },
        }),
      );
      set({ files: chosen });
      return readThen(reader.read(files, state$.getValue().defaultPrice));
    },
    setDefaultPrice(defaultPrice) {
      set({ defaultPrice });
      return readThen(reader.reread(defaultPrice));
    },
    send,
    async reauthenticate(password) {
      if (state$.getValue().phase !== 'needs-password') throw new AppError('SESSION_EXPIRED');
      await session.reauthenticate(password);
      set({ phase: 'idle' });
      await send();
    },
    cancelPassword: () => set({ phase: 'idle' }),
    clear,
    close: () => subscription.unsubscribe(),
  };
}
