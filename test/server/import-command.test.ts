import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

jest.setTimeout(60_000);

const root = path.join(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-import-'));
const DATA_DIR = path.join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const result = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join('server', 'cli', `${command}.ts`), ...args],
    { cwd: root, encoding: 'utf8', env: { ...process.env, DATA_DIR, ...env } },
  );
  return { code: result.status, out: result.stdout.replaceAll('\u00a0', ' '), err: result.stderr };
}
function file(name: string, content: string | Buffer): string {
  const target = path.join(folder, name);
  writeFileSync(target, content);
  return target;
}
const addStore = (name: string) =>
  run('add-store', ['--name', name, '--issuer', '3101000000', '--owner', 'duena'], {
    OWNER_PASSWORD: 'una-clave-larga',
  }).out;

const PRODUCTS = 'codigo;descripcion;precio;existencia\nA1;Café;1.250,50;3\nA2;Malo;0;\n';
const CABYS = 'cabys,description,rate\n0111100000100,Trigo,1\n';

test('before there are any data a dry run reads the file, and makes none', () => {
  const { code, out } = run('import', [file('p.csv', PRODUCTS), '--dry-run']);
  expect(out).toContain('solo se leen los archivos');
  expect(out).toContain(
    '  línea 3, precio: BAD_PRICE: El precio no es un número mayor que cero. "0"\n',
  );
  expect(code).toBe(2);
  expect(existsSync(path.join(DATA_DIR, 'mostrador.db'))).toBe(false);
});

test('a store is filled by .csv and .csv.gz; what was refused is said in words; again changes nothing', () => {
  addStore('Tienda');
  const args = [
    file('productos.csv', PRODUCTS),
    file('clientes.csv.gz', gzipSync('nombre,identificacion\nAna,A-1\n')),
    '--cabys',
    file('cabys.csv', CABYS),
  ];
  const first = run('import', args);
  expect(first.err).toBe('');
  expect(first.out).toContain('productos.csv: Productos, líneas: 2');
  expect(first.out).toContain('productos: nuevos 1, cambiados 0, iguales 0');
  expect(first.out).toContain('existencias iniciales: 1');
  expect(first.out).toContain('clientes: nuevos 1, cambiados 0, iguales 0');
  expect(first.out).toContain('cabys.csv: Lista CABYS, líneas: 1');
  expect(first.code).toBe(2);
  const again = run('import', args);
  expect(again.out).toContain('productos: nuevos 0, cambiados 0, iguales 1');
  expect(again.out).toContain('clientes: nuevos 0, cambiados 0, iguales 1');
});

test('a catalogue needs a price, and the command says how to give one', () => {
  const catalogue = file('catalogo.csv', 'ean13,name\n0000000001199,Solène\n');
  const without = run('import', [catalogue]);
  expect(without.out).toContain('NO_PRICE');
  expect(without.out).toContain('--price 1500');
  const dry = run('import', [catalogue, '--price', '1 500,00', '--dry-run']);
  expect([dry.code, dry.out]).toEqual([0, expect.stringContaining('productos: nuevos 1')]);
  const given = run('import', [catalogue, '--price', '1500']);
  expect([given.code, given.out]).toEqual([0, expect.stringContaining('productos: nuevos 1')]);
});

test.each([
  [[], 'Uso: npm run import'],
  [['x.csv', '--kind', 'cosas'], 'Uso: npm run import'],
  [['x.csv', '--price', 'caro'], 'No es un precio: caro'],
  [['no-existe.csv'], 'no-existe.csv: no se puede leer.'],
])('%j is refused before anything is opened', (args, words) => {
  const { code, err } = run('import', args);
  expect([code, err]).toEqual([1, expect.stringContaining(words)]);
});

test('one file that cannot be read stops all of them, and says why', () => {
  const good = file('buenos.csv', 'codigo,descripcion,precio\nB1,Bueno,1\n');
  const cases = [
    [file('raro.csv', 'a,b\n1,2\n'), 'no se reconoce qué es por sus encabezados (a, b)'],
    [file('falta.csv', 'codigo,descripcion\nA,B\n'), 'falta la columna «precio»'],
    [file('hoja.xlsx', Buffer.from('504b030414000600', 'hex')), 'es una hoja de cálculo'],
    [file('roto.csv.gz', Buffer.from('1f8b0800', 'hex')), 'no se puede leer'],
  ] as const;
  for (const [bad, words] of cases) {
    const { code, err } = run('import', [good, bad]);
    expect([code, err]).toEqual([1, expect.stringContaining(words)]);
    expect(err).toContain('No se importó nada.');
  }
  expect(run('import', [good, '--dry-run']).out).toContain('productos: nuevos 1');
});

test('with several stores it asks which, and takes that one', () => {
  const id = /--store (\S+)/.exec(addStore('Otra'))?.[1] ?? '';
  const products = file('otra.csv', 'codigo,descripcion,precio\nA1,Café,1\n');
  const unclear = run('import', [products]);
  expect([unclear.code, unclear.err]).toEqual([1, expect.stringContaining('¿Qué sucursal?')]);
  const clear = run('import', [products, '--store', id]);
  expect([clear.code, clear.out]).toEqual([0, expect.stringContaining('Sucursal: Otra')]);
  expect(clear.out).toContain('productos: nuevos 1');
});
