import { AppError } from '../../shared/errors/app-error';
import type { FilePreview } from '../services/import-service';
import type { ImportReader, PackedImport } from './import-reader';
import type { ReaderAnswer, ReaderCall, ReaderRequest } from './reader-messages';

/** An import reader in a worker of its own, which is started by the first file. */
export function workerReader(start: () => Worker): ImportReader {
  let worker: Worker | null = null;
  let next = 0;
  const waiting = new Map<
    number,
    { resolve: (value: never) => void; reject: (error: AppError) => void }
  >();
  const begin = (): Worker => {
    const started = start();
    started.addEventListener('message', ({ data }: MessageEvent<ReaderAnswer>) => {
      const waiter = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.ok) waiter?.resolve(data.value as never);
      else waiter?.reject(new AppError(data.code));
    });
    /* It could not be loaded, or ran out of memory: whoever waits must hear of it, and the next try starts afresh. */
    started.addEventListener('error', () => {
      for (const { reject } of waiting.values()) reject(new AppError('INTERNAL'));
      waiting.clear();
      started.terminate();
      worker = null;
    });
    return started;
  };
  const call = <T>(request: ReaderCall): Promise<T> =>
    new Promise((resolve, reject) => {
      worker ??= begin();
      const id = next++;
      waiting.set(id, { resolve: resolve as (value: never) => void, reject });
      worker.postMessage({ ...request, id } satisfies ReaderRequest);
    });
  return {
    read: (files, defaultPrice) =>
      call<readonly FilePreview[]>({ method: 'read', files, defaultPrice }),
    reread: (defaultPrice) => call<readonly FilePreview[]>({ method: 'reread', defaultPrice }),
    pack: (index) => call<PackedImport>({ method: 'pack', index }),
  };
}
