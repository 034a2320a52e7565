import Box from '@mui/material/Box';
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
      <Stack spacing={2} sx={{ maxWidth: 620 }}>
        <Typography variant="h5" component="h1">
          {t('shift.title')}
        </Typography>
        <OpenShift hint={t('shift.closed')} />
      </Stack>
    );
  }
  const amount = parseMoney(counted);
  const difference = amount === null || expected === null ? null : amount - expected;
  const row = (label: string, value: number | null, isSum = false) => (
    <Box
      sx={{
        display: 'flex',
        justifyContent: 'space-between',
        py: 0.5,
        ...(isSum ? { borderTop: 1, borderColor: 'divider', fontSize: 24, fontWeight: 700 } : {}),
      }}
    >
      <dt>{label}</dt>
      <Box component="dd" sx={{ m: 0 }}>
        {value === null ? t('app.unknown') : money(value, currency)}
      </Box>
    </Box>
  );
  const close = (event: FormEvent): void => {
    event.preventDefault();
    if (amount === null || amount < 0) return;
    shifts.close({ countedCash: amount, notes: '' }).catch(setError);
  };
  return (
    <Stack spacing={2} sx={{ maxWidth: 620 }}>
      <Typography variant="h5" component="h1">
        {t('shift.title')}
      </Typography>
      <Paper variant="outlined" component="form" onSubmit={close} sx={{ p: 3 }}>
        <Stack spacing={2}>
          <Typography color="textSecondary">
            {t('shift.openSince', { name: shift.userName, date: dateTime(shift.openedAt) })}
          </Typography>
          <Box component="dl" sx={{ m: 0, fontSize: 18 }}>
            {row(t('shift.openingCash'), shift.openingCash)}
            {row(t('shift.moved'), expected === null ? null : expected - shift.openingCash)}
            {row(t('shift.expected'), expected, true)}
          </Box>
          <TextField
            label={t('shift.counted')}
            value={counted}
            required
            autoFocus
            autoComplete="off"
            error={counted !== '' && amount === null}
            helperText={counted !== '' && amount === null ? t('lists.badPrice') : ' '}
            slotProps={{
              htmlInput: { inputMode: 'decimal', style: { fontSize: 24, textAlign: 'right' } },
            }}
            onChange={(event) => setCounted(event.target.value)}
          />
          {/* Its place is kept: the button under it must not move while one types. */}
          <Box component="dl" sx={{ m: 0, minHeight: 40, fontSize: 20 }} aria-live="polite">
            {difference !== null && (
              <Box
                sx={{
                  display: 'flex',
                  justifyContent: 'space-between',
                  color: difference === 0 ? 'success.main' : 'warning.main',
                }}
              >
                <dt>
                  {t('shift.difference')} ·{' '}
                  {t(
                    difference === 0
                      ? 'shift.matches'
                      : difference < 0
                        ? 'shift.short'
                        : 'shift.over',
                  )}
                </dt>
                <Box component="dd" sx={{ m: 0, fontWeight: 700 }}>
                  {money(difference, currency)}
                </Box>
              </Box>
            )}
          </Box>
          <ErrorNotice error={error} />
          <Button type="submit" variant="contained" size="large" disabled={amount === null}>
            {t('shift.close')}
          </Button>
        </Stack>
      </Paper>
    </Stack>
  );
}
