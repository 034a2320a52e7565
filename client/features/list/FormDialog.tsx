import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useWords } from '../../i18n/use-words';
import { ErrorNotice } from '../session/ErrorNotice';

/** A form in a window: saves once, shows what went wrong, and keeps what was typed. */
export function FormDialog(props: {
  title: string;
  readOnly?: boolean;
  /** What the button says; "Guardar" where it only saves. */
  saveLabel?: string;
  /** False: a field is wrong, the form says which. */
  valid: boolean;
  /** The signal: the window was closed before it had ended, and what was asked for is not wanted any more. */
  onSave: (signal: AbortSignal) => Promise<void>;
  onClose: () => void;
  extra?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const saving = useRef<AbortController | null>(null);
  useEffect(() => () => saving.current?.abort(), []);
  const close = (): void => {
    saving.current?.abort();
    props.onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!props.valid || busy) return;
    setBusy(true);
    setError(null);
    saving.current = new AbortController();
    props
      .onSave(saving.current.signal)
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <Dialog open onClose={close} aria-labelledby="form-title">
      <form onSubmit={submit}>
        <DialogTitle id="form-title">{props.title}</DialogTitle>
        <DialogContent>
          <Stack spacing={2} sx={{ pt: 1 }}>
            {props.children}
            <ErrorNotice error={error} />
          </Stack>
        </DialogContent>
        <DialogActions sx={{ p: 2 }}>
          {props.extra}
          <Box sx={{ flex: 1 }} />
          <Button onClick={close}>{t(props.readOnly === true ? 'app.close' : 'app.cancel')}</Button>
          {props.readOnly !== true && (
            <Button type="submit" variant="contained" disabled={!props.valid || busy}>
              {props.saveLabel ?? t('app.save')}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}
