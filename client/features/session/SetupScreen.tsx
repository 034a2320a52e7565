import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type ComponentProps, useState } from 'react';
import { useSearchParams } from 'react-router';
import { PASSWORD_MIN } from '../../../shared/access/password-rule';
import { type Key, useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { DoorCard } from './DoorCard';
import { ErrorNotice } from './ErrorNotice';
import { EMPTY_SETUP, type SetupForm, setupRequest, wrongFields } from './setup-form';

const CURRENCIES = ['CRC', 'USD', 'EUR', 'GTQ', 'HNL', 'NIO', 'PAB', 'MXN', 'COP', 'PEN', 'DOP'];

/** The first page of a new server: its store and its owner. What it made ends in the code of this very terminal. */
export default function SetupScreen(props: { onDone: (code: string) => void }) {
  const { setup } = useDesk();
  const { t } = useWords();
  const [, setParams] = useSearchParams();
  const [form, setForm] = useState<SetupForm>(EMPTY_SETUP);
  const [left, setLeft] = useState<ReadonlySet<keyof SetupForm>>(new Set());
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const wrong = wrongFields(form);

  const save = (): void => {
    setLeft(new Set(Object.keys(form) as (keyof SetupForm)[]));
    if (wrong.size > 0 || busy) return;
    setBusy(true);
    setError(null);
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    setup
      .setUp(setupRequest(form, timeZone))
      .then(({ code }) => {
        /* In the address too: a reload must not lose the only code of the only terminal. */
        setParams({ codigo: code }, { replace: true });
        props.onDone(code);
      })
      .catch((failed: unknown) => {
        setError(failed);
        setBusy(false);
      });
  };
  const field = (name: keyof SetupForm, more: ComponentProps<typeof TextField> = {}) => {
    const isWrong = wrong.has(name) && left.has(name);
    return (
      <TextField
        label={t(`setup.${name}`)}
        value={form[name]}
        onChange={(event) => setForm({ ...form, [name]: event.target.value })}
        onBlur={() => setLeft(new Set([...left, name]))}
        error={isWrong}
        helperText={isWrong ? t(`setup.${name}Wrong` as Key, { min: PASSWORD_MIN }) : undefined}
        autoComplete="off"
        {...more}
      />
    );
  };
  return (
    <DoorCard title={t('setup.title')} subtitle="Mostrador" onSubmit={save}>
      <Typography>{t('setup.help')}</Typography>
      {field('code', { autoFocus: true })}
      <Typography variant="h6" component="h2">
        {t('setup.store')}
      </Typography>
      {field('name')}
      {field('legalName', { helperText: t('setup.legalNameHelp') })}
      {field('issuerId', { inputMode: 'numeric' })}
      {field('branch', { inputMode: 'numeric' })}
      {field('currency', {
        select: true,
        children: CURRENCIES.map((currency) => (
          <MenuItem key={currency} value={currency}>
            {currency}
          </MenuItem>
        )),
      })}
      <Typography variant="h6" component="h2">
        {t('setup.owner')}
      </Typography>
      {field('displayName')}
      {field('userName')}
      {field('password', { type: 'password', autoComplete: 'new-password' })}
      {field('again', { type: 'password', autoComplete: 'new-password' })}
      <ErrorNotice error={error} />
      <Button type="submit" variant="contained" size="large" disabled={busy}>
        {t('setup.save')}
      </Button>
    </DoorCard>
  );
}
