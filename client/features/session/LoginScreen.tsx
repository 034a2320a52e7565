import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { StoreProfile, TerminalProfile } from '../../../shared/protocol/messages';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSelected } from '../../services/use-desk';
import { DoorCard } from './DoorCard';
import { ErrorNotice } from './ErrorNotice';

export default function LoginScreen(props: { store: StoreProfile; terminal: TerminalProfile }) {
  const { session, status } = useDesk();
  const { t } = useWords();
  const connection = useSelected(status.status$, (value) => value.connection);
  const persistent = useSelected(status.status$, (value) => value.persistent);
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const login = (): void => {
    setBusy(true);
    setError(null);
    session
      .login({ userName, password })
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const terminal = t('menu.terminal', { number: props.terminal.number });
  return (
    <DoorCard
      title={t('session.loginTitle')}
      subtitle={`${props.store.name} · ${terminal} (${props.terminal.name})`}
      onSubmit={login}
    >
      {connection === 'offline' && <Alert severity="warning">{t('session.offlineHint')}</Alert>}
      {persistent === false && <Alert severity="info">{t('session.notPersistent')}</Alert>}
      <TextField
        label={t('session.userName')}
        value={userName}
        onChange={(event) => setUserName(event.target.value)}
        autoFocus
        required
        autoComplete="username"
      />
      <TextField
        label={t('session.password')}
        type="password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        required
        autoComplete="current-password"
      />
      <ErrorNotice error={error} />
      <Button type="submit" variant="contained" size="large" disabled={busy}>
        {t('session.enter')}
      </Button>
    </DoorCard>
  );
}
