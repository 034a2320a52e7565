import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../features/session/ErrorNotice';
import { useWords } from '../i18n/use-words';

/** The session expired in the middle of something: the password is asked for in place, and that goes on (F20). */
export function PasswordDialog(props: {
  help: string;
  onPassword: (password: string) => Promise<void>;
  onCancel: () => void;
}) {
  const { t } = useWords();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setError(null);
    props.onPassword(password).catch(setError);
  };
  return (
    <Dialog open maxWidth="xs" aria-labelledby="password-title">
      <form onSubmit={submit}>
        <DialogTitle id="password-title">{t('sync.passwordTitle')}</DialogTitle>
        <DialogContent>
          <Stack spacing={2} sx={{ pt: 1 }}>
            <Typography>{props.help}</Typography>
            <TextField
              label={t('session.password')}
              type="password"
              value={password}
              autoFocus
              required
              autoComplete="current-password"
              onChange={(event) => setPassword(event.target.value)}
            />
            <ErrorNotice error={error} />
          </Stack>
        </DialogContent>
        <DialogActions sx={{ p: 2 }}>
          <Button onClick={props.onCancel}>{t('app.cancel')}</Button>
          <Button type="submit" variant="contained">
            {t('app.continue')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
