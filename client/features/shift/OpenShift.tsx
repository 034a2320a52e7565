import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { type FormEvent, useState } from 'react';
import { parseMoney } from '../../../shared/money/money';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';

/** Opens the cash session with the cash that is in the drawer. */
export function OpenShift({ hint }: { hint: string }) {
  const { shifts } = useDesk();
  const { t } = useWords();
  const [cash, setCash] = useState('0');
  const [error, setError] = useState<unknown>(null);
  const amount = parseMoney(cash);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (amount === null || amount < 0) return;
    shifts.open({ openingCash: amount, notes: '' }).catch(setError);
  };
  return (
    <Paper variant="outlined" component="form" onSubmit={submit} sx={{ p: 2 }}>
      <Stack spacing={1.5}>
        <Alert severity="info">{hint}</Alert>
        <TextField
          label={t('shift.openingCash')}
          value={cash}
          error={amount === null || amount < 0}
          onChange={(event) => setCash(event.target.value)}
          onFocus={(event) => event.target.select()}
          slotProps={{ htmlInput: { inputMode: 'decimal', style: { textAlign: 'right' } } }}
        />
        <ErrorNotice error={error} />
        <Button type="submit" variant="contained">
          {t('shift.open')}
        </Button>
      </Stack>
    </Paper>
  );
}
