import { errorCodeOf } from '../../shared/errors/app-error';
import { createImportReader } from './create-import-reader';
import type { ReaderAnswer, ReaderRequest } from './reader-messages';

/* A worker of the browser: reads files of hundreds of thousands of lines while the page stays awake. */

const reader = createImportReader();

function answer(request: ReaderRequest) {
  switch (request.method) {
    case 'read':
      return reader.read(request.files, request.defaultPrice);
    case 'reread':
      return reader.reread(request.defaultPrice);
    case 'pack':
      return reader.pack(request.index);
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ReaderRequest>) => {
  const { id } = data;
  answer(data).then(
    (value) => {
      const transfer = 'bytes' in value ? [value.bytes.buffer] : [];
      self.postMessage({ id, ok: true, value } satisfies ReaderAnswer, { transfer });
    },
    (error: unknown) =>
      self.postMessage({ id, ok: false, code: errorCodeOf(error) } satisfies ReaderAnswer),
  );
});
