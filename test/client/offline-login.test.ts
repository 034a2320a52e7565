import { databaseSettings } from '../../client/db/settings';
import { noteTime } from '../../client/session/offline-login';
import { passwordOf } from '../kit/api';
import { loginAndSync, openTerminal, type TestTerminal } from '../kit/open-terminal';
import { startServer, type TestServer } from '../kit/start-server';

const RIGHT = { userName: 'cajero1', password: passwordOf('cajero1') };
let now = Date.parse('2026-11-25T12:00:00.000Z');
let server: TestServer;
let terminal: TestTerminal;

beforeEach(async () => {
  now = Date.now();
  server = await startServer();
  terminal = await openTerminal({ url: server.url, clock: { now: () => now } });
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(terminal, RIGHT);
  await terminal.desk.session.logout();
  terminal.network.intercept = () => Promise.reject(new TypeError('offline'));
});
afterEach(async () => {
  await terminal.close();
  await server.close();
});

const outcome = (password: string, userName = RIGHT.userName): Promise<string> =>
  terminal.desk.session.login({ userName, password }).then(
    () => 'in',
    (error: { code: string }) => error.code,
  );
const guess = async (times: number): Promise<void> => {
  for (let i = 0; i < times; i++) expect(await outcome('x')).toBe('OFFLINE_LOGIN_FAILED');
};

test('S10 F23 wrong passwords slow down without a connection, and neither a reload nor the clock shortens it', async () => {
  await guess(3);
  expect(await outcome('x')).toBe('OFFLINE_LOGIN_WAIT');
  expect(await outcome(RIGHT.password)).toBe('OFFLINE_LOGIN_WAIT');
  await terminal.reload();
  expect(await outcome(RIGHT.password)).toBe('OFFLINE_LOGIN_WAIT');
  now -= 3_600_000;
  expect(await outcome(RIGHT.password)).toBe('OFFLINE_LOGIN_WAIT');
  now += 1_999;
  expect(await outcome(RIGHT.password)).toBe('OFFLINE_LOGIN_WAIT');
  /* Begun anew when the clock was seen to be set back, rather than an hour later: it may have been ahead by years. */
  now += 1;
  expect(await outcome('x')).toBe('OFFLINE_LOGIN_FAILED');
  now += 3_600_000;
  await guess(1);
  now += 7_999;
  expect(await outcome('x')).toBe('OFFLINE_LOGIN_WAIT');
  now += 1;
  expect(await outcome(RIGHT.password)).toBe('in');
  await terminal.desk.session.logout();
  await guess(3);
});

test('S10 the wait grows to a minute and no further: nobody is locked out, and others never wait for it', async () => {
  for (let i = 0; i < 12; i++) {
    await outcome('x');
    now += 60_000;
  }
  now -= 1;
  expect(await outcome(RIGHT.password)).toBe('OFFLINE_LOGIN_WAIT');
  expect(await outcome('x', 'supervisora')).toBe('OFFLINE_LOGIN_FAILED');
  now += 1;
  expect(await outcome(RIGHT.password)).toBe('in');
});

test('S10 names that nobody has look the same, and share one wait', async () => {
  for (const name of ['nadie', 'otra', 'nadie']) {
    expect(await outcome('x', name)).toBe('OFFLINE_LOGIN_FAILED');
  }
  expect(await outcome('x', 'cuarta')).toBe('OFFLINE_LOGIN_WAIT');
  expect(await outcome(RIGHT.password)).toBe('in');
});

test('S10 a login with a connection is not held up by wrong passwords without one', async () => {
  await guess(3);
  expect(await outcome(RIGHT.password)).toBe('OFFLINE_LOGIN_WAIT');
  terminal.network.intercept = undefined;
  expect(await outcome(RIGHT.password)).toBe('in');
});

test('S10 P100 a server that says "wait" is no missing connection, whoever stands before it', async () => {
  const page = () =>
    Promise.resolve(
      new Response('<html>slow down</html>', { status: 429, headers: { 'retry-after': '60' } }),
    );
  terminal.network.intercept = page;
  expect(await outcome(RIGHT.password)).toBe('TOO_MANY_REQUESTS');
  terminal.network.intercept = (url) =>
    url.endsWith('/challenge') ? Promise.resolve(undefined) : page();
  expect(await outcome(RIGHT.password)).toBe('TOO_MANY_REQUESTS');
  expect(terminal.desk.session.state$.getValue().kind).toBe('signedOut');
});

test('S10 of guesses that are made at one moment, by several tabs, each is counted', async () => {
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => outcome('x')));
  expect(outcomes.filter((code) => code === 'OFFLINE_LOGIN_FAILED')).toHaveLength(3);
  expect(outcomes.filter((code) => code === 'OFFLINE_LOGIN_WAIT')).toHaveLength(3);
});

test('F23 of two tabs that note the time at one moment the later time stays, whichever writes last', async () => {
  const settings = databaseSettings(terminal.desk.db);
  const [later, earlier] = [now + 500_000, now + 100_000];
  expect(await Promise.all([noteTime(settings, later), noteTime(settings, earlier)])).toContain(
    later,
  );
  expect(await noteTime(settings, now)).toBe(later);
});
