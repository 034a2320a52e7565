import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useEffect, useState } from 'react';
import { parseMoney } from '../../../shared/money/money';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { OpenShift } from './OpenShift';

/** The cash session of this terminal: open, what should be in the drawer, close with what is counted. */
export default function ShiftScreen() {
  const { shifts, session } = useDesk();
  const { t, money, dateTime } = useWords();
  const state = useSubject(session.state$);
  const shift = useSubject(shifts.open$);
  const [expected, setExpected] = useState<number | null>(null);
  const [counted, setCounted] = useState('');
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (shift) void shifts.expectedCash().then(setExpected, setError);
  }, [shift, shifts]);
  if (state.kind !== 'signedIn' || shift === undefined) return null;
  const { currency } = state.store;
  if (shift === null) {
    return (
      <Stack spacing={2} sx={{ maxWidth: 520 }}>
        <Typography variant="h5" component="h1">
          {t('shift.title')}
        </Typography>
        <OpenShift hint={t('shift.closed')} />
      </Stack>
    );
  }
  const amount = parseMoney(counted);
  const close = (event: FormEvent): void => {
    event.preventDefault();
    if (amount === null || amount < 0) return;
    shifts.close({ countedCash: amount, notes: '' }).catch(setError);
  };
  return (
    <Stack spacing={2} sx={{ maxWidth: 520 }}>
      <Typography variant="h5" component="h1">
        {t('shift.title')}
      </Typography>
      <Paper variant="outlined" component="form" onSubmit={close} sx={{ p: 3 }}>
        <Stack spacing={2}>
          <Typography>
            {t('shift.openSince', { name: shift.userName, date: dateTime(shift.openedAt) })}
          </Typography>
          <Typography>
            {t('shift.openingCash')}: <strong>{money(shift.openingCash, currency)}</strong>
          </Typography>
          <Typography sx={{ fontSize: 22 }}>
            {t('shift.expected')}:{' '}
            <strong>{expected === null ? t('app.unknown') : money(expected, currency)}</strong>
          </Typography>
          <TextField
            label={t('shift.counted')}
            value={counted}
            required
            error={counted !== '' && amount === null}
            onChange={(event) => setCounted(event.target.value)}
          />
          {amount !== null && expected !== null && (
            <Typography color={amount === expected ? 'success.main' : 'warning.main'}>
              {t('shift.difference')}: <strong>{money(amount - expected, currency)}</strong>
            </Typography>
          )}
          <ErrorNotice error={error} />
          <Button type="submit" variant="contained" disabled={amount === null}>
            {t('shift.close')}
          </Button>
        </Stack>
      </Paper>
    </Stack>
  );
}
