import { createRecorder, type NewEntry } from '../../../client/trace/recorder';
import { memoryTraceStore, type TraceStore } from '../../../client/trace/trace-store';

const entry = (op: string): NewEntry => ({ kind: 'done', op, code: '' });
const make = (store: TraceStore, bounds?: { entries: number; size: number }) =>
  createRecorder({
    store,
    page: 'page',
    now: () => 1,
    ...(bounds === undefined ? {} : { bounds }),
  });
const ops = async (recorder: ReturnType<typeof make>): Promise<string[]> =>
  (await recorder.entries()).map((kept) => (kept.kind === 'done' ? kept.op : kept.kind));

test('T50 what was added survives the page, in its order', async () => {
  const store = memoryTraceStore();
  const first = make(store);
  for (const op of ['a', 'b', 'c']) first.add(entry(op));
  await first.entries();
  const second = make(store);
  second.add(entry('d'));
  expect(await ops(second)).toEqual(['a', 'b', 'c', 'd']);
});

test('T50 the oldest entries go when there are too many, or they are too large', async () => {
  for (const bounds of [
    { entries: 50, size: 1_000_000 },
    { entries: 100_000, size: 3_000 },
  ]) {
    const recorder = make(memoryTraceStore(), bounds);
    for (let index = 0; index < 300; index++) {
      recorder.add(entry(String(index)));
      await recorder.entries();
    }
    const kept = await ops(recorder);
    expect(kept.at(-1)).toBe('299');
    expect(kept).not.toContain('0');
    expect(kept.length).toBeLessThanOrEqual(70);
    expect(kept.length).toBeGreaterThan(20);
  }
});

test('T50 a burst is written together, while one write is under way', async () => {
  const store = memoryTraceStore();
  const sizes: number[] = [];
  const counting: TraceStore = {
    ...store,
    append: (texts) => {
      sizes.push(texts.length);
      return store.append(texts);
    },
  };
  const recorder = make(counting);
  for (let index = 0; index < 100; index++) recorder.add(entry(String(index)));
  expect(await ops(recorder)).toHaveLength(100);
  expect(sizes).toEqual([100]);
});

test('T50 a storage that fails costs the trace, and nothing else; it is not asked for ever', async () => {
  let asked = 0;
  const broken: TraceStore = {
    load: () => Promise.resolve([]),
    append: () => {
      asked += 1;
      return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    },
    drop: () => Promise.resolve(),
  };
  const recorder = make(broken);
  for (let index = 0; index < 20; index++) {
    recorder.add(entry(String(index)));
    expect(await recorder.entries()).toEqual([]);
  }
  expect(asked).toBe(3);
});

test('T50 what cannot be read, or was written by another version, is left out', async () => {
  const store = memoryTraceStore();
  await store.append(['no JSON', '{"kind":"unknown"}', JSON.stringify({ kind: 'done', op: 1 })]);
  const recorder = make(store);
  recorder.add(entry('a'));
  expect(await ops(recorder)).toEqual(['a']);
});
