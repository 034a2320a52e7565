import { ADMISSION_LIMITS, Admission, type AdmissionLimits } from '../../server/http/admission';
import { admissionLimits } from '../../server/http/admission-limits';
import { AppError } from '../../shared/errors/app-error';

/* No time passes but what a test lets pass: work ends when the test says so. */

const LIMITS: AdmissionLimits = { atWork: 1, waitingOfStore: 4, waiting: 8, ofTerminal: 2 };

function desk(limits: Partial<AdmissionLimits> = {}) {
  let now = 0;
  const admission = new Admission({ ...LIMITS, ...limits }, { now: () => now });
  const began: string[] = [];
  const refused: string[] = [];
  const ends = new Map<string, () => void>();
  let terminals = 0;
  return {
    admission,
    began,
    refused,
    pass: (ms: number) => {
      now += ms;
    },
    reserve: (storeId: string, terminalId = `t${terminals++}`) =>
      admission.reserve({ storeId, terminalId }),
    /** Asks for a place and its turn; the work lasts until `end`. */
    ask(name: string, storeId: string, terminalId?: string) {
      const place = this.reserve(storeId, terminalId);
      place
        .work(() => {
          began.push(name);
          return new Promise<void>((resolve) => {
            ends.set(name, resolve);
          });
        })
        .catch((error: unknown) => {
          refused.push(`${name} ${codeOf(error)}`);
        });
      return place;
    },
    async end(name: string) {
      const settled = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));
      await settled();
      ends.get(name)?.();
      await settled();
    },
  };
}

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));
function refusalOf(task: () => unknown): AppError {
  try {
    task();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('not refused');
}

test('P110 only so many are at work; a store has so many places to wait, and one more is told when to come back', async () => {
  const { admission, ask, began, end, ...rest } = desk({ atWork: 2 });
  const asks = { ...rest, admission, ask, began, end };
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) asks.ask(name, 'store');
  await end('');
  expect([began, admission.counts]).toEqual([['a', 'b'], { atWork: 2, waiting: 4 }]);
  const refusal = refusalOf(() => rest.reserve('store'));
  expect([refusal.code, refusal.details]).toEqual(['SERVER_BUSY', { retryAfter: 1 }]);
  await end('b');
  expect(began).toEqual(['a', 'b', 'c']);
  expect(() => rest.reserve('store')).not.toThrow();
});

test('P110 Retry-After follows from how long the last requests took and how many wait; it is 30 s at most', async () => {
  const asks = desk();
  const waitOf = async (took: number): Promise<unknown> => {
    asks.ask('first', 'store');
    await asks.end('');
    asks.pass(took);
    await asks.end('first');
    for (const name of ['work', '1', '2', '3', '4']) asks.ask(name, 'store');
    const { details } = refusalOf(() => asks.reserve('store'));
    for (const name of ['work', '1', '2', '3', '4']) await asks.end(name);
    return details['retryAfter'];
  };
  expect(await waitOf(10_000)).toBe(6);
  expect(await waitOf(1_000_000)).toBe(30);
});

test('P110 a terminal has its share: beyond it is 429, whatever room there is', () => {
  const asks = desk();
  const first = asks.reserve('store', 'terminal');
  asks.reserve('store', 'terminal');
  expect(refusalOf(() => asks.reserve('store', 'terminal')).code).toBe('TOO_MANY_REQUESTS');
  expect(() => asks.reserve('store', 'other')).not.toThrow();
  first.leave();
  first.leave();
  expect(() => asks.reserve('store', 'terminal')).not.toThrow();
  expect(refusalOf(() => asks.reserve('store', 'terminal')).code).toBe('TOO_MANY_REQUESTS');
});

test('P111 stores are served in turn: one that comes late waits for one request of each, not for a whole burst', async () => {
  const asks = desk();
  for (const name of ['a1', 'a2', 'a3', 'a4']) asks.ask(name, 'a');
  asks.ask('b1', 'b');
  asks.ask('b2', 'b');
  asks.ask('c1', 'c');
  await asks.end('');
  const order = ['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4'];
  for (const name of order) await asks.end(name);
  expect(asks.began).toEqual(order);
});

test('P111 where all places are taken, the store with most of them gives its newest up to one that has fewer', async () => {
  const asks = desk({ waiting: 5 });
  asks.ask('work', 'a');
  for (const name of ['a1', 'a2', 'a3', 'a4']) asks.ask(name, 'a');
  asks.ask('b1', 'b');
  asks.ask('c1', 'c');
  await asks.end('');
  expect(asks.refused).toEqual(['a4 SERVER_BUSY']);
  asks.ask('c2', 'c');
  /* 2 of c, 1 of b, 2 of a: nobody has more than one place over. */
  expect(refusalOf(() => asks.reserve('c')).code).toBe('SERVER_BUSY');
  await asks.end('');
  expect(asks.refused).toEqual(['a4 SERVER_BUSY', 'a3 SERVER_BUSY']);
  for (const name of ['work', 'a1', 'b1', 'c1', 'a2', 'c2']) await asks.end(name);
  expect(asks.began).toEqual(['work', 'a1', 'b1', 'c1', 'a2', 'c2']);
  expect(asks.admission.counts).toEqual({ atWork: 0, waiting: 0 });
});

test('P112 each work begins in a turn of the loop of its own, so that others are heard in between', async () => {
  const later: (() => void)[] = [];
  const admission = new Admission(LIMITS, { now: () => 0 }, (task) => void later.push(task));
  const began: string[] = [];
  const ask = (name: string) =>
    admission.reserve({ storeId: 's', terminalId: name }).work(async () => void began.push(name));
  const works = [ask('a'), ask('b')];
  const seen: unknown[] = [];
  while (later.length > 0) {
    seen.push([[...began], later.length, admission.counts.waiting]);
    later.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(works);
  expect(seen).toEqual([
    [[], 1, 2],
    [['a'], 1, 1],
  ]);
  expect(began).toEqual(['a', 'b']);
});

test('P113 who is gone gives the place up while waiting, and keeps the work counted until it is done', async () => {
  const asks = desk();
  const working = asks.ask('work', 'a');
  const waiting = asks.ask('gone', 'a');
  asks.ask('next', 'a');
  waiting.leave();
  working.leave();
  await asks.end('');
  expect([asks.began, asks.admission.counts]).toEqual([['work'], { atWork: 1, waiting: 1 }]);
  await asks.end('work');
  expect(asks.began).toEqual(['work', 'next']);
  expect(asks.refused).toEqual(['gone SERVER_BUSY']);
});

test('P113 work that fails gives its place to the next', async () => {
  const asks = desk();
  const failed = asks
    .reserve('a')
    .work(() => Promise.reject(new AppError('STORE_BUSY')))
    .catch(codeOf);
  asks.ask('next', 'a');
  expect(await failed).toBe('STORE_BUSY');
  await asks.end('');
  expect(asks.began).toEqual(['next']);
});

test('P110 the limits come from the environment; what is no whole number is refused by its name', () => {
  expect(admissionLimits({})).toEqual(ADMISSION_LIMITS);
  expect(admissionLimits({ SYNC_AT_WORK: '2', SYNC_WAITING: '' })).toEqual({
    ...ADMISSION_LIMITS,
    atWork: 2,
  });
  for (const value of ['0', '-1', '1.5', 'many', '1e3']) {
    const { code, details } = refusalOf(() => admissionLimits({ SYNC_WAITING_OF_STORE: value }));
    expect([code, details['variable']]).toEqual(['BAD_REQUEST', 'SYNC_WAITING_OF_STORE']);
  }
});
