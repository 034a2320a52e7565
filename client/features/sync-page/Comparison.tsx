import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words';
import type { CollectionComparison } from '../../services/attention-service';
import { useDesk } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { Section } from './Section';

const WORDS = {
  clients: 'status.clients',
  products: 'status.products',
  users: 'status.users',
  invoices: 'status.invoices',
  movements: 'status.movements',
  stock: 'status.stock',
  shifts: 'status.shifts',
} as const;

/** Proves that this terminal holds what the server holds: counts and digests, collection by collection. */
export function Comparison() {
  const { attention } = useDesk();
  const { t } = useWords();
  const [found, setFound] = useState<readonly CollectionComparison[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const compare = (): void => {
    setError(null);
    attention.compareWithServer().then(setFound).catch(setError);
  };
  return (
    <Section title={t('syncPage.compare')}>
      <Button variant="outlined" onClick={compare}>
        {t('syncPage.compare')}
      </Button>
      <ErrorNotice error={error} />
      <Table size="small">
        <TableBody>
          {found?.map(({ collection, local, server, equal }) => (
            <TableRow key={collection}>
              <TableCell>{t(WORDS[collection])}</TableCell>
              <TableCell>
                {t('syncPage.local')}: {local.count} · {local.digest}
              </TableCell>
              <TableCell>
                {t('syncPage.server')}: {server.count} · {server.digest}
              </TableCell>
              <TableCell>
                <Chip
                  color={equal ? 'success' : 'warning'}
                  label={t(equal ? 'syncPage.equal' : 'syncPage.different')}
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}
