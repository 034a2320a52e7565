import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
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
      <Typography color="textSecondary" sx={{ mb: 1.5 }}>
        {t('syncPage.compareHelp')}
      </Typography>
      <Button variant="outlined" onClick={compare}>
        {t('syncPage.compare')}
      </Button>
      <ErrorNotice error={error} />
      {found !== null && (
        <Table size="small" sx={{ mt: 1, maxWidth: 1000 }} aria-label={t('syncPage.compare')}>
          <TableHead>
            <TableRow>
              <TableCell>{t('syncPage.collection')}</TableCell>
              <TableCell align="right">{t('syncPage.local')}</TableCell>
              <TableCell align="right">{t('syncPage.server')}</TableCell>
              <TableCell>{t('syncPage.digest')}</TableCell>
              <TableCell>{t('syncPage.result')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {found.map(({ collection, local, server, equal }) => (
              <TableRow key={collection}>
                <TableCell>{t(WORDS[collection])}</TableCell>
                <TableCell align="right">{local.count}</TableCell>
                <TableCell align="right">{server.count}</TableCell>
                <TableCell sx={{ color: 'text.secondary' }}>
                  {equal ? local.digest : `${local.digest} ≠ ${server.digest}`}
                </TableCell>
                <TableCell>
                  <Chip
                    color={equal ? 'success' : 'warning'}
                    variant={equal ? 'outlined' : 'filled'}
                    label={t(equal ? 'syncPage.equal' : 'syncPage.different')}
                  />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}
