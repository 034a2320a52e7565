import { importProducts } from '../../server/import-products';
import { parseProducts } from '../../shared/import/parse-products';
import { startServer, type TestServer } from '../kit/start-server';

const CSV = [
  'codigo,descripcion,precio,codigo_barras,cabys,impuesto,unidad',
  'A1,"Café, molido","1.250,50",7441100000171,2391101000100,1,Unid',
  'A2,Sin precio,0,,,13,',
  'A3,Mal código,100,7441100000172,,13,',
  'a1,Repetido,100,,,13,',
  ',Sin código,100,,,13,',
  'A4,,100,,,13,',
  'A5,Mal CABYS,100,,123,13,',
  'A6,Mal impuesto,100,,,7,',
  'A7,Queso,3 200,,,13,kg',
].join('\n');

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

test('each bad line is refused with its number and reason, the others are taken', () => {
  const { accepted, refused } = parseProducts(CSV);
  expect(accepted.map(({ code, price, unit }) => [code, price, unit])).toEqual([
    ['A1', 125_050, 'Unid'],
    ['A7', 320_000, 'kg'],
  ]);
  expect(refused.map(({ line, code }) => [line, code])).toEqual([
    [3, 'BAD_PRICE'],
    [4, 'BAD_CHECK_DIGIT'],
    [5, 'DUPLICATE_CODE'],
    [6, 'MISSING_CODE'],
    [7, 'EMPTY_DESCRIPTION'],
    [8, 'BAD_CABYS'],
    [9, 'BAD_TAX'],
  ]);
});

test('a file without the needed columns is an error, not an empty import', () => {
  expect(() => parseProducts('a,b\n1,2\n')).toThrow('BAD_REQUEST');
});

test('the same file twice changes nothing the second time', async () => {
  const { accepted } = parseProducts(CSV);
  const run = () => importProducts(server.context, server.storeId, accepted);
  expect(await run()).toEqual({ created: 2, edited: 0, unchanged: 0 });
  expect(await run()).toEqual({ created: 0, edited: 0, unchanged: 2 });
});
