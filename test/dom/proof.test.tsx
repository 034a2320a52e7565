import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RunOutcome } from '../../client/dialogs/RunOutcome';
import { ProofList } from '../../client/features/sync-page/ProofList';
import type {
  CollectionProof,
  Differences,
  RepairCounts,
} from '../../client/services/proof-service';
import { AppError } from '../../shared/errors/app-error';
import type { Equality } from '../../shared/proof/equality';
import { fakeDesk } from './fake-desk';
import { renderDesk } from './render-desk';

const outcome = (equality: Equality | null) => (
  <RunOutcome
    summary={{
      unit: 'clients',
      status: 'done',
      counts: { received: 1, sent: 0, conflicts: 0, rejected: 0 },
      equality,
      pending: 0,
      errorCode: null,
    }}
  />
);

test.each([
  ['equal', /^Igual al servidor$/],
  ['different', /no tiene exactamente lo que tiene el servidor/],
  ['behind', /el servidor recibió algo más nuevo/],
  ['unknown', /No se pudo comparar con el servidor/],
] as const)('a run that ends %s says so with its figures', async (equality, words) => {
  await renderDesk(fakeDesk().desk, outcome(equality));
  expect(screen.getByText('Sincronización completada')).toBeInTheDocument();
  expect(screen.getByText(words)).toBeInTheDocument();
});

test('a run that compared nothing, or did not end well, claims nothing', async () => {
  const { unmount } = await renderDesk(fakeDesk().desk, outcome(null));
  expect(screen.queryByText(/servidor/)).not.toBeInTheDocument();
  unmount();
  const failed = outcome('equal').props.summary;
  await renderDesk(fakeDesk().desk, <RunOutcome summary={{ ...failed, status: 'cancelled' }} />);
  expect(screen.queryByText('Igual al servidor')).not.toBeInTheDocument();
});

const contents = (count: number, digest: string) => ({ count, digest: digest.repeat(16) });
const proof = (change: Partial<CollectionProof>): CollectionProof => ({
  collection: 'products',
  at: '2026-11-24T12:00:00.000Z',
  equality: 'different',
  local: contents(410, 'a'),
  server: contents(411, 'b'),
  leftOut: 0,
  ...change,
});
const row = (name: string) => within(screen.getByText(name).closest('tr') as HTMLElement);

test('each collection: both sides, when, how they compare, what was left out; never compared is not equal', async () => {
  await renderDesk(
    fakeDesk().desk,
    <ProofList
      proofs={[
        proof({ collection: 'clients', equality: 'equal', local: contents(50, 'c'), leftOut: 2 }),
        proof({}),
        proof({ collection: 'invoices', equality: 'unknown', at: null, local: null, server: null }),
        proof({ collection: 'stock', equality: 'behind' }),
      ]}
    />,
  );
  expect(row('Clientes').getByText('Igual al servidor')).toBeInTheDocument();
  expect(row('Clientes').getByText('2 pendientes aparte')).toBeInTheDocument();
  expect(row('Productos').getByText('Distinto del servidor')).toBeInTheDocument();
  expect(row('Productos').getByText('a'.repeat(16))).toBeInTheDocument();
  expect(row('Productos').getByText('b'.repeat(16))).toBeInTheDocument();
  expect(row('Facturas').getByText('Sin comparar')).toBeInTheDocument();
  expect(row('Facturas').getByText('nunca')).toBeInTheDocument();
  expect(row('Existencias').getByText('El servidor tiene algo más nuevo')).toBeInTheDocument();
  expect(screen.getAllByRole('button', { name: 'Ver diferencias' })).toHaveLength(1);
});

test('a comparison that is not possible says why', async () => {
  const { desk } = fakeDesk();
  Object.assign(desk.proof, { compare: () => Promise.reject(new AppError('SYNC_BUSY')) });
  await renderDesk(desk, <ProofList proofs={[]} />);
  await userEvent.click(screen.getByRole('button', { name: 'Comparar con el servidor' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Otra pestaña de este terminal');
  expect(screen.getByRole('button', { name: 'Comparar con el servidor' })).toBeEnabled();
});

const document = (id: string, kind: Differences['documents'][number]['kind']) => ({
  id,
  kind,
  title: `Título ${id}`,
  localVer: 1,
  serverVer: 1,
});

async function openDifferences(differences: Differences, repaired?: RepairCounts | AppError) {
  const { desk } = fakeDesk();
  const asked: string[] = [];
  Object.assign(desk.proof, {
    differences: (name: string) => {
      asked.push(`differences ${name}`);
      return Promise.resolve(differences);
    },
    repair: (name: string) => {
      asked.push(`repair ${name}`);
      return repaired instanceof AppError ? Promise.reject(repaired) : Promise.resolve(repaired);
    },
  });
  await renderDesk(desk, <ProofList proofs={[proof({})]} />);
  await userEvent.click(screen.getByRole('button', { name: 'Ver diferencias' }));
  const dialog = await screen.findByRole('dialog', { name: 'Diferencias: Productos' });
  return { asked, dialog: within(dialog) };
}

const FOUND: Differences = {
  documents: [
    document('1', 'missingHere'),
    document('2', 'missingThere'),
    document('3', 'otherVersion'),
    ...Array.from({ length: 59 }, (_, index) => document(`x${index}`, 'otherVersion')),
  ],
  pending: 4,
  newer: 5,
};

test('differences are listed by kind, what does not count is told apart, a long list is cut and counted', async () => {
  const { dialog } = await openDifferences(FOUND);
  expect(await dialog.findByText('Faltan aquí: 1')).toBeInTheDocument();
  expect(dialog.getByText('Título 1')).toBeInTheDocument();
  expect(dialog.getByText('Faltan en el servidor: 1')).toBeInTheDocument();
  expect(dialog.getByText('Aquí hay otra versión: 60')).toBeInTheDocument();
  expect(dialog.getByText('y 10 más')).toBeInTheDocument();
  expect(dialog.getByText(/Pendientes en este terminal, que no cuentan: 4/)).toBeInTheDocument();
  expect(dialog.getByText(/Más nuevos en el servidor, .*: 5/)).toBeInTheDocument();
});

test('a repair is asked for in words; "No" repairs nothing, "Sí" does and says what it did', async () => {
  const { asked, dialog } = await openDifferences(FOUND, {
    received: 61,
    toSend: 1,
    removed: 0,
    untouched: 2,
    left: 0,
  });
  await userEvent.click(await dialog.findByRole('button', { name: 'Reparar' }));
  const question =
    /Se traerán otra vez del servidor: 61\. Se enviarán otra vez .*: 1\. .*no se toca/;
  expect(screen.getByText(question)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'No' }));
  expect(asked).toEqual(['differences products']);
  await userEvent.click(dialog.getByRole('button', { name: 'Reparar' }));
  await userEvent.click(screen.getByRole('button', { name: 'Sí' }));
  expect(asked).toEqual(['differences products', 'repair products']);
  const said = (await dialog.findByText('Reparado.')).parentElement?.textContent;
  expect(said).toBe(
    'Reparado. Recibidos otra vez: 61. Pendientes de enviar con la próxima sincronización: 1. ' +
      'Sin tocar, porque cambiaron mientras tanto: 2.',
  );
  expect(dialog.queryByRole('button', { name: 'Reparar' })).not.toBeInTheDocument();
});

test('nothing to repair: says so, and the button is closed', async () => {
  const nothing = await openDifferences({ documents: [], pending: 0, newer: 1 });
  expect(await nothing.dialog.findByText('No hay diferencias.')).toBeInTheDocument();
  expect(nothing.dialog.getByRole('button', { name: 'Reparar' })).toBeDisabled();
});

test('a repair that fails says what is safe, and can be tried again', async () => {
  const { dialog } = await openDifferences(FOUND, new AppError('NETWORK'));
  await userEvent.click(await dialog.findByRole('button', { name: 'Reparar' }));
  await userEvent.click(screen.getByRole('button', { name: 'Sí' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent(/sigue guardado en este terminal/);
  expect(dialog.getByRole('button', { name: 'Reparar' })).toBeEnabled();
});
