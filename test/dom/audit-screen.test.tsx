import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NO_FILTERS, toFilter } from '../../client/features/audit/AuditFilters';
import AuditScreen from '../../client/features/audit/AuditScreen';
import * as files from '../../client/features/list/save-file';
import type { AuditEntryReply, AuditFilter, AuditPage } from '../../shared/protocol/audit-messages';
import { fakeDesk } from './fake-desk';
import { renderDesk } from './render-desk';

jest.mock('../../client/features/list/save-file', () => ({ saveFile: jest.fn() }));

const entry = (change: Partial<AuditEntryReply>): AuditEntryReply => ({
  id: 'e',
  at: '2026-11-25T12:00:00.000Z',
  actor: 'u1',
  action: 'login',
  terminalId: 't1',
  details: {},
  ...change,
});
const NAMES = { people: { u1: '=HYPERLINK("x")' }, terminals: { t1: '1 · Caja 1' } };

test('S8 P72 the log is exported with neutral cells and in words; what has no words is shown as it is', async () => {
  const { desk } = fakeDesk({ role: 'owner' });
  const asked: AuditFilter[] = [];
  const entries = [
    entry({ details: { terminalId: 't1', invoiceId: 'x', consecutive: '001' } }),
    entry({ id: 'f', actor: 'cli', action: 'somethingNew', terminalId: '', details: { x: [1] } }),
    entry({
      id: 'g',
      action: 'userChanged',
      details: { from: { active: true, terminals: [] }, to: { active: false, terminals: ['t1'] } },
    }),
  ];
  const page: AuditPage = { ...NAMES, entries, next: null };
  Object.assign(desk, {
    audit: {
      page: (filter: AuditFilter) => {
        asked.push(filter);
        return Promise.resolve(page);
      },
      export: () => Promise.resolve({ ...NAMES, entries, isCut: true }),
    },
  });
  await renderDesk(desk, <AuditScreen />);
  await screen.findByRole('grid', { name: 'Auditoría' });
  await userEvent.click(screen.getByRole('button', { name: 'Exportar CSV' }));
  expect(await screen.findByText(/Hay más de 3: se exportaron las más recientes/)).toBeVisible();
  const [name, text] = (files.saveFile as jest.Mock).mock.calls[0] as [string, string];
  expect(name).toBe('auditoria.csv');
  expect(text.split('\r\n')).toEqual([
    'Fecha,Persona,Acción,Terminal,Detalle',
    `2026-11-25T12:00:00.000Z,"'=HYPERLINK(""x"")",Inicio de sesión,1 · Caja 1,consecutivo: 001`,
    '2026-11-25T12:00:00.000Z,Servidor,somethingNew,—,x: 1',
    `2026-11-25T12:00:00.000Z,"'=HYPERLINK(""x"")",Usuario cambiado,1 · Caja 1,"antes: activo Sí, terminales — · después: activo No, terminales 1 · Caja 1"`,
    '',
  ]);
  expect(asked).toEqual([{}]);
});

test('P72 days are whole: the last one counts to its end, and what is no day is not asked', () => {
  const filter = toFilter({ ...NO_FILTERS, from: '2026-11-24', to: '2026-11-24', actor: 'u' });
  expect(Date.parse(filter.to ?? '') - Date.parse(filter.from ?? '')).toBe(24 * 3600 * 1000);
  expect(filter.actor).toBe('u');
  expect(toFilter({ ...NO_FILTERS, from: '2026-1', to: '' })).toEqual({});
});
