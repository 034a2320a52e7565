import { AppError } from '../../shared/errors/app-error';
import { type Clock, instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import type { DeskDatabase } from '../db/database';
import type { CaseService } from '../services/case-service';
import type { IdentityStore } from '../session/identity';
import { buildCase } from './build-case';
import { createPseudonyms } from './pseudonyms';
import type { Recorder } from './recorder';

export function createCaseService(options: {
  db: DeskDatabase;
  recorder: Recorder;
  identity: IdentityStore;
  clock: Clock;
  ids: Ids;
}): CaseService {
  const { db, recorder, identity, clock, ids } = options;
  const time = (at: number | undefined): string => (at === undefined ? '' : instant(at));
  return {
    async summary() {
      const entries = await recorder.entries().catch(() => []);
      return {
        from: time(entries[0]?.at),
        to: time(entries.at(-1)?.at),
        operations: entries.filter(({ kind }) => kind === 'call').length,
        messages: entries.filter(({ kind }) => kind === 'sent').length,
      };
    },
    async export() {
      const known = await identity.read();
      if (known === null) throw new AppError('TERMINAL_UNKNOWN');
      const exportedAt = instant(clock.now());
      const day = exportedAt.slice(0, 16).replaceAll(':', '');
      const name = `caso-terminal-${known.terminal.number}-${day}`;
      const built = await buildCase({
        db,
        entries: await recorder.entries(),
        identity: known,
        name,
        exportedAt,
      });
      const pseudonyms = createPseudonyms([1, 2, 3, 4].map(() => ids.newId()).join());
      const file = {
        ...built,
        base: pseudonyms.of(built.base),
        entries: pseudonyms.of(built.entries),
      };
      return { name: `${name}.json`, text: `${JSON.stringify(file, null, 1)}\n` };
    },
  };
}
