import { messagesOf } from '../../world/report/timeline/messages';
import { type RunResult, runScenario } from '../../world/scenario/run-scenario';
import { REPORT_SCENARIO } from './report-scenario';

let result: RunResult;
beforeAll(async () => {
  result = await runScenario(REPORT_SCENARIO);
}, 60_000);

test('the same scenario gives the same trace and the same states', async () => {
  const again = await runScenario(REPORT_SCENARIO);
  expect(again.digest).toBe(result.digest);
  expect(again.trace).toEqual(result.trace);
  expect(again.states).toEqual(result.states);
  expect(again.acknowledged).toEqual(result.acknowledged);
});

test('every request of the trace has a number of its own, and its answer the same', () => {
  const sent = result.trace.filter(({ what }) => what === 'sends');
  expect(new Set(sent.map(({ details }) => details['message'])).size).toBe(sent.length);
  const messages = messagesOf(result.trace);
  expect(messages).toHaveLength(sent.length);
  const ended = messages.filter(({ ending }) => ending === 'hears');
  expect(ended.length).toBeGreaterThan(20);
  for (const { terminal, arrivals, endedAt, sentAt } of ended) {
    expect(terminal).toMatch(/^T[12]$/);
    expect(arrivals[0]?.at).toBeGreaterThanOrEqual(sentAt);
    expect(endedAt).toBeGreaterThanOrEqual(arrivals[0]?.at ?? Number.POSITIVE_INFINITY);
  }
});

test('a push tells what became of each row, a conflict with its three states', () => {
  const rows = messagesOf(result.trace).flatMap(({ arrivals }) =>
    arrivals.flatMap(({ content }) => content.rows ?? []),
  );
  const product = result.server['products']?.find(({ code }) => code === 'P1')?.['id'];
  const conflict = rows.find((row) => row.result === 'conflict');
  expect(conflict).toMatchObject({ id: product, ver: 2 });
  expect(conflict?.fields).toContainEqual({ field: 'price', base: 1000, mine: 1300, theirs: 1200 });
  expect(rows.find((row) => row.result === 'rejected')?.code).toBe('ROLE_NOT_ALLOWED');
  expect(rows.some((row) => row.result === 'accepted' && row.ver === 1)).toBe(true);
});

test('a pull names the documents that it brought', () => {
  const pulled = messagesOf(result.trace)
    .filter(({ method, path }) => method === 'GET' && path === '/api/sync/products')
    .flatMap(({ terminal, arrivals }) => arrivals.map(({ content }) => ({ terminal, content })));
  const id = result.server['products']?.find(({ code }) => code === 'P1')?.['id'];
  const news = pulled.find(
    ({ terminal, content }) => terminal === 'T2' && content.documents?.length === 1,
  );
  expect(news?.content).toMatchObject({ since: 2, documents: [{ id }], remaining: 0 });
  expect(news?.content.documents?.[0]?.ver).toBeGreaterThan(1);
});

test('an answer that is lost ends with the line, not with an answer', () => {
  const lost = messagesOf(result.trace).find(({ fault }) => fault === 'dropResponse');
  expect(lost?.arrivals.map(({ status }) => status)).toEqual([200]);
  expect(lost?.ending).toBe('line breaks');
});

test('each step is in the trace, in order, with its number', () => {
  const steps = result.trace.filter(({ what }) => what === 'step');
  expect(steps.map(({ details }) => details['step'])).toEqual(
    REPORT_SCENARIO.steps.map((_, index) => index + 1),
  );
  expect(steps.map(({ details }) => details['do'])).toEqual(
    REPORT_SCENARIO.steps.map((step) => step.do),
  );
});

test('acknowledgements are those that the terminals heard, with the step', () => {
  const { acknowledged, server } = result;
  expect(acknowledged.length).toBeGreaterThan(3);
  for (const { collection, id, ver, step } of acknowledged) {
    const stored = server[collection]?.find((document) => document['id'] === id);
    expect(Number(stored?.['ver'])).toBeGreaterThanOrEqual(ver);
    expect(step).toBeGreaterThan(4);
  }
});
