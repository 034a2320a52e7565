import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useCallback, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Invoice } from '../../../schemas/invoices';
import { validate } from '../../../schemas/validate';
import { type ArchiveFilter, archiveFilterSchema } from '../../../shared/protocol/archive-messages';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { dayRange } from '../list/day-range';
import { OnlineOnly } from '../list/OnlineOnly';
import { VirtualTable } from '../list/VirtualTable';
import { ErrorNotice } from '../session/ErrorNotice';
import { useInvoiceColumns } from './use-invoice-columns';

const DATE = {
  type: 'date',
  /* The browser draws the calendar's icon itself. */
  sx: (theme: { palette: { mode: string } }) => ({
    '& input': { colorScheme: theme.palette.mode },
    maxWidth: 190,
  }),
  slotProps: { inputLabel: { shrink: true } },
} as const;

/** Invoices that are no longer on this terminal, as the server has them: by day or by number, with a connection. */
export default function ArchiveScreen() {
  const { archive } = useDesk();
  const { t } = useWords();
  const navigate = useNavigate();
  const columns = useInvoiceColumns();
  const [typed, setTyped] = useState({ from: '', to: '', number: '' });
  const [found, setFound] = useState<readonly Invoice[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  /* What is shown belongs to this question; the answer to an earlier one comes too late. */
  const asked = useRef<{ filter: ArchiveFilter; next: string | null } | null>(null);
  const number = typed.number.replace(/\D/g, '');
  const filter: ArchiveFilter = { ...dayRange(typed), ...(number === '' ? {} : { number }) };
  const isNumber = validate(archiveFilterSchema, number === '' ? {} : { number }).ok;

  const read = useCallback(
    (question: { filter: ArchiveFilter; next: string | null }, before?: string): void => {
      setBusy(true);
      setError(null);
      archive
        .page(question.filter, before)
        .then(({ invoices, next }) => {
          if (asked.current !== question) return;
          question.next = next;
          setFound((shown) => (before === undefined ? invoices : [...(shown ?? []), ...invoices]));
        })
        .catch((failed) => {
          if (asked.current === question) setError(failed);
        })
        .finally(() => {
          if (asked.current === question) setBusy(false);
        });
    },
    [archive],
  );
  const search = (event: FormEvent): void => {
    event.preventDefault();
    if (!isNumber) return;
    asked.current = { filter, next: null };
    setFound(null);
    read(asked.current);
  };
  const onEnd = useCallback(() => {
    const question = asked.current;
    if (busy || question === null || question.next === null) return;
    read(question, question.next);
  }, [busy, read]);

  return (
    <Stack spacing={1.5} sx={{ height: '100%' }}>
      <Box>
        <Typography variant="h5" component="h1">
          {t('archive.title')}
        </Typography>
        <Typography color="textSecondary">{t('archive.help')}</Typography>
      </Box>
      <OnlineOnly words={t('archive.offline')} />
      <Stack
        component="form"
        direction="row"
        spacing={2}
        onSubmit={search}
        sx={{ alignItems: 'start' }}
      >
        {(['from', 'to'] as const).map((field) => (
          <TextField
            key={field}
            {...DATE}
            label={t(`archive.${field}`)}
            value={typed[field]}
            onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
          />
        ))}
        <TextField
          label={t('archive.number')}
          value={typed.number}
          error={!isNumber}
          helperText={isNumber ? t('archive.numberHelp') : t('archive.badNumber')}
          slotProps={{ htmlInput: { inputMode: 'numeric' } }}
          onChange={(event) => setTyped({ ...typed, number: event.target.value })}
        />
        <Button type="submit" variant="contained" disabled={busy || !isNumber}>
          {t('app.search')}
        </Button>
        <Button variant="outlined" onClick={() => navigate('/facturas')}>
          {t('invoice.back')}
        </Button>
      </Stack>
      <ErrorNotice error={error} />
      {found !== null && (
        <VirtualTable
          label={t('archive.title')}
          empty={t('archive.none')}
          rows={found}
          columns={columns}
          onEnd={onEnd}
          onOpen={(invoice) => navigate(`/facturas/${invoice.id}`)}
        />
      )}
    </Stack>
  );
}
