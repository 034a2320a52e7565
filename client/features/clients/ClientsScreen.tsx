import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import type { Client } from '../../../schemas/clients';
import { toCsv } from '../../../shared/import/csv-safe';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { ListPage } from '../list/ListPage';
import { RecordState } from '../list/RecordState';
import { saveFile } from '../list/save-file';
import { type Column, VirtualTable } from '../list/VirtualTable';
import { ClientDialog } from './ClientDialog';

export default function ClientsScreen() {
  const { catalog, audit } = useDesk();
  const { t } = useWords();
  const { ready, revision } = useSubject(catalog.revision$);
  const [search, setSearch] = useState('');
  const none = search.trim() === '' ? 'lists.noClients' : 'lists.noMatch';
  /* What has not been read yet is not none. */
  const empty = ready ? none : 'app.starting';
  const [open, setOpen] = useState<Client | 'new' | null>(null);
  const rows = useMemo(() => {
    void revision;
    return search.trim() === ''
      ? catalog.clients()
      : catalog.searchClients(search, { limit: 1000, includeInactive: true });
  }, [catalog, search, revision]);
  const columns: Column<Client>[] = [
    { key: 'name', label: t('lists.name'), width: '2fr', render: (client) => client.name },
    {
      key: 'id',
      label: t('lists.identification'),
      width: '11em',
      render: (client) => client.identification,
    },
    { key: 'phone', label: t('lists.phone'), width: '9em', render: (client) => client.phone },
    { key: 'email', label: t('lists.email'), width: '1.4fr', render: (client) => client.email },
    {
      key: 'state',
      label: t('lists.state'),
      width: '10em',
      render: (client) => <RecordState record={client} />,
    },
  ];
  const exportCsv = (): void => {
    const head = [t('lists.name'), t('lists.identification'), t('lists.phone'), t('lists.email')];
    const body = rows.map((client) => [
      client.name,
      client.identification,
      client.phone,
      client.email,
    ]);
    saveFile('clientes.csv', toCsv([head, ...body]));
    void audit.noteExport('clients', body.length);
  };
  return (
    <ListPage
      title={t('menu.clients')}
      count={ready ? rows.length : null}
      search={search}
      onSearch={setSearch}
      actions={
        <>
          <Button variant="outlined" onClick={exportCsv}>
            {t('lists.export')}
          </Button>
          <Button variant="contained" onClick={() => setOpen('new')}>
            {t('lists.newClient')}
          </Button>
        </>
      }
    >
      <VirtualTable
        label={t('menu.clients')}
        empty={t(empty)}
        rows={rows}
        columns={columns}
        onOpen={setOpen}
      />
      {open !== null && (
        <ClientDialog
          client={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
          onSaved={() => setOpen(null)}
        />
      )}
    </ListPage>
  );
}
