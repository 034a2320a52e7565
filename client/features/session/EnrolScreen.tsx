import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { AppError } from '../../../shared/errors/app-error';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { DoorCard } from './DoorCard';
import { ErrorNotice } from './ErrorNotice';

export default function EnrolScreen(props: { code?: string }) {
  const { session } = useDesk();
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const [code, setCode] = useState(props.code ?? params.get('codigo') ?? '');
  const [name, setName] = useState(t('session.terminalNameExample'));
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const isRefused = error instanceof AppError && error.code === 'STORAGE_NOT_KEPT';
  const enrol = (isTrial: boolean): void => {
    setBusy(true);
    setError(null);
    session
      .enrol({ code, name, isTrial })
      .then(() => setParams({}, { replace: true }))
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <DoorCard title={t('session.enrolTitle')} subtitle="Mostrador" onSubmit={() => enrol(false)}>
      {!isRefused && <Typography>{t('session.enrolHelp')}</Typography>}
      <TextField
        label={t('session.code')}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        autoFocus
        required
        autoComplete="off"
      />
      <TextField
        label={t('session.terminalName')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        required
        slotProps={{ htmlInput: { maxLength: 60 } }}
      />
      {isRefused ? (
        <Alert severity="error" role="alert">
          <AlertTitle>{t('session.trialTitle')}</AlertTitle>
          {t('session.trialHelp')}
        </Alert>
      ) : (
        <ErrorNotice error={error} />
      )}
      <Button type="submit" variant="contained" size="large" disabled={busy}>
        {t('session.enrol')}
      </Button>
      {isRefused && (
        <Button variant="outlined" disabled={busy} onClick={() => enrol(true)}>
          {t('session.trialEnrol')}
        </Button>
      )}
    </DoorCard>
  );
}
