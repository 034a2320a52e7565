import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';

jest.setTimeout(60_000);

const root = path.join(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-commands-'));
const [first, second] = [path.join(folder, 'first'), path.join(folder, 'second')];
const file = path.join(folder, 'store.backup.gz');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, args: readonly string[], env: Record<string, string>) {
  const result = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join('server', 'cli', `${command}.ts`), ...args],
    { cwd: root, encoding: 'utf8', env: { ...process.env, DATABASE_URL: '', ...env } },
  );
  return { code: result.status, out: result.stdout, err: result.stderr };
}

test('backup, doctor and restore by command: what they say, and how they end', () => {
  const here = { DATA_DIR: first };
  expect(run('backup', [file], here)).toMatchObject({
    code: 1,
    err: `No hay datos en ${first}.\n`,
  });
  expect(run('doctor', [], here).code).toBe(2);
  expect(existsSync(first)).toBe(false);
  const options = ['--name', 'Uno', '--issuer', '3101000000', '--owner', 'duena'];
  expect(run('add-store', options, { ...here, OWNER_PASSWORD: 'una-clave-larga' }).code).toBe(0);

  const saved = run('backup', [file], here);
  expect([saved.code, saved.out]).toEqual([
    0,
    expect.stringMatching(/store\.backup\.gz: \d+ filas/),
  ]);
  const well = run('doctor', [], here);
  expect([well.code, well.out]).toEqual([0, 'Sucursales: 1, documentos: 1, problemas: 0\n']);

  const there = { DATA_DIR: second };
  expect(run('restore', [file], there)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Época nueva'),
  });
  const again = run('restore', [file], there);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('solo se llena una vacía')]);

  const database = new Database(path.join(second, 'mostrador.db'));
  database.prepare("update counters set count = 7 where collection = 'users'").run();
  database.close();
  const ill = run('doctor', [], there);
  expect([ill.code, ill.out]).toEqual([
    1,
    expect.stringMatching(/COUNTER: .*: users(.|\n)*count 7/),
  ]);
});

test('P85 what is kept aside is told, and taken away, by command', () => {
  const here = { DATA_DIR: second };
  const database = new Database(path.join(second, 'mostrador.db'));
  const { id } = database.prepare('select store_id as id from stores').get() as { id: string };
  database
    .prepare(
      'insert into quarantine (store_id, id, at, terminal_id, collection, body) values (?, ?, ?, ?, ?, ?)',
    )
    .run(id, 'uno', 'x', 't', 'invoices', '{}');
  database.close();
  expect(JSON.parse(run('kept-aside', [], here).out)).toMatchObject({ id: 'uno', body: '{}' });
  expect(run('kept-aside', ['--remove', 'dos'], here)).toMatchObject({
    code: 1,
    err: expect.stringContaining('dos'),
  });
  expect(run('kept-aside', ['--remove', 'uno'], here).code).toBe(0);
  expect(run('kept-aside', [], here).out).toBe('');
  const after = new Database(path.join(second, 'mostrador.db'));
  const entry = after.prepare("select * from audit where action = 'keptAsideRemoved'").get();
  after.close();
  expect(entry).toMatchObject({ actor: 'cli', details: '{"id":"uno"}' });
});

test('a move to a PostgreSQL that is not there changes nothing, and says so', () => {
  const nowhere = { DATA_DIR: first, DATABASE_URL: 'postgres://u:p@127.0.0.1:1/none' };
  const { code, err } = run('migrate-postgres', [], nowhere);
  expect([code, err]).toEqual([1, expect.stringContaining('No se cambió nada')]);
  expect(readdirSync(first)).not.toContain('MOVED_TO_POSTGRES');
  expect(run('doctor', [], { DATA_DIR: first }).code).toBe(0);
  expect(run('migrate-postgres', [], { DATA_DIR: first })).toMatchObject({
    code: 1,
    err: expect.stringContaining('DATABASE_URL'),
  });
});
