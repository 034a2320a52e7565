import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { ConflictRecord } from '../../../schemas/local';
import { formatMoney } from '../../../shared/money/money';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { Section } from './Section';

const FIELD_WORDS = {
  name: 'lists.name',
  description: 'lists.description',
  code: 'lists.code',
  barcode: 'lists.barcode',
  price: 'lists.price',
  taxCode: 'lists.taxCode',
  unit: 'lists.unit',
  cabys: 'lists.cabys',
  notes: 'lists.notes',
  email: 'lists.email',
  phone: 'lists.phone',
  address: 'lists.address',
  identification: 'lists.identification',
  identificationType: 'lists.identificationType',
  active: 'app.active',
  stocked: 'lists.stocked',
} as const;
const isKnown = (field: string): field is keyof typeof FIELD_WORDS =>
  Object.hasOwn(FIELD_WORDS, field);

/** What both sides changed: before, mine, the server's; and the decision. */
export function ConflictList({ conflicts }: { conflicts: readonly ConflictRecord[] | null }) {
  const { attention, session } = useDesk();
  const state = useSubject(session.state$);
  const { t, locale } = useWords();
  const [error, setError] = useState<unknown>(null);
  const show = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return '—';
    if (typeof value === 'boolean') return t(value ? 'app.yes' : 'app.no');
    if (field === 'price' && typeof value === 'number' && state.kind === 'signedIn') {
      return formatMoney(value, state.store.currency, locale);
    }
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return (
    <Section title={t('syncPage.openConflicts')}>
      {conflicts?.length === 0 && <Typography>{t('syncPage.noConflicts')}</Typography>}
      <ErrorNotice error={error} />
      {conflicts?.map((conflict) => (
        <Box key={conflict.id} sx={{ mb: 3 }}>
          <Typography sx={{ fontWeight: 650 }}>{conflict.title}</Typography>
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>{t('syncPage.field')}</TableCell>
                <TableCell>{t('syncPage.base')}</TableCell>
                <TableCell>{t('syncPage.mine')}</TableCell>
                <TableCell>{t('syncPage.theirs')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {conflict.fields.map(({ field, base, mine, theirs }) => (
                <TableRow key={field}>
                  <TableCell>{isKnown(field) ? t(FIELD_WORDS[field]) : field}</TableCell>
                  <TableCell>{show(field, base)}</TableCell>
                  <TableCell sx={{ fontWeight: 650 }}>{show(field, mine)}</TableCell>
                  <TableCell sx={{ fontWeight: 650 }}>{show(field, theirs)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
          <Stack direction="row" spacing={1} sx={{ mt: 1 }}>
            <Button
              variant="outlined"
              onClick={() => attention.applyMine(conflict.id).catch(setError)}
            >
              {t('syncPage.applyMine')}
            </Button>
            <Button
              variant="outlined"
              onClick={() => attention.keepTheirs(conflict.id).catch(setError)}
            >
              {t('syncPage.keepTheirs')}
            </Button>
          </Stack>
        </Box>
      ))}
    </Section>
  );
}
