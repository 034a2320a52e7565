import type { TraceStore } from '../../../client/trace/trace-store';
import type { TerminalDisk } from '../disk';

const TABLE = 'trace';
const never = (): Promise<never> => new Promise(() => undefined);

/** The trace on a terminal's disk. What a terminal that is gone still wanted to write is never written. */
export function diskTrace(disk: TerminalDisk, alive: () => boolean): TraceStore {
  const chunks = () => disk.load(TABLE).map((json) => JSON.parse(json) as string[]);
  return {
    load: () =>
      Promise.resolve(
        chunks()
          .map((texts, index) => ({ key: index + 1, texts }))
          .filter(({ texts }) => texts.length > 0),
      ),
    append: (texts) => {
      if (!alive()) return never();
      if (disk.full) return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
      disk.write(TABLE, [{ id: String(chunks().length + 1), json: JSON.stringify(texts) }]);
      return Promise.resolve();
    },
    drop: (keys) => {
      disk.write(
        TABLE,
        keys.map((key) => ({ id: String(key), json: '[]' })),
      );
      return Promise.resolve();
    },
  };
}
