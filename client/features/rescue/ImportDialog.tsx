import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { type FormEvent, useEffect, useState } from 'react';
import { errorCodeOf } from '../../../shared/errors/app-error';
import type { RescueFacts as Facts } from '../../../shared/rescue/rescue-file';
import { PasswordDialog } from '../../dialogs/PasswordDialog';
import { useWords } from '../../i18n/use-words';
import type { RescueResult } from '../../services/rescue-service';
import { useDesk } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { RescueFacts } from './RescueFacts';
import { RescueRows } from './RescueRows';

/** A rescue file of another terminal: what is in it, its key, and what the server made of each document. */
export function ImportDialog({ text, onClose }: { text: string; onClose: () => void }) {
  const { rescue, session } = useDesk();
  const { t } = useWords();
  const [facts, setFacts] = useState<Facts | null>(null);
  const [key, setKey] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [result, setResult] = useState<RescueResult | null>(null);
  const [error, setError] = useState<unknown>(null);

  useEffect(() => {
    rescue.look(text).then(setFacts).catch(setError);
  }, [rescue, text]);

  const send = (isAcrossEpochs: boolean): void => {
    setBusy(true);
    setError(null);
    rescue
      .bringIn({ text, key, isAcrossEpochs })
      .then(setResult)
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isBusy) send(false);
  };
  const code = error === null ? null : errorCodeOf(error);
  const canImport = facts !== null && result === null;
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      aria-labelledby="rescue-title"
      onClose={isBusy ? () => undefined : onClose}
    >
      <form onSubmit={submit}>
        <DialogTitle id="rescue-title">{t('rescue.bringIn')}</DialogTitle>
        <DialogContent aria-live="polite">
          <Stack spacing={2}>
            {facts !== null && <RescueFacts facts={facts} />}
            {canImport && (
              <TextField
                label={t('rescue.key')}
                value={key}
                autoFocus
                required
                autoComplete="off"
                disabled={isBusy}
                onChange={(event) => setKey(event.target.value)}
                slotProps={{
                  htmlInput: { inputMode: 'numeric', style: { fontFamily: 'monospace' } },
                }}
              />
            )}
            {isBusy && (
              <div>
                {t('rescue.importing')}
                <LinearProgress sx={{ mt: 1 }} />
              </div>
            )}
            {code !== 'SESSION_EXPIRED' && <ErrorNotice error={error} />}
            {result !== null && <RescueRows result={result} />}
          </Stack>
        </DialogContent>
        <DialogActions sx={{ p: 2 }}>
          {code === 'RESCUE_OLD_EPOCH' && (
            <Button variant="outlined" disabled={isBusy} onClick={() => send(true)}>
              {t('rescue.importMissing')}
            </Button>
          )}
          <Button disabled={isBusy} onClick={onClose}>
            {t(result === null ? 'app.cancel' : 'app.close')}
          </Button>
          {canImport && (
            <Button type="submit" variant="contained" disabled={isBusy || key.trim() === ''}>
              {t('rescue.import')}
            </Button>
          )}
        </DialogActions>
      </form>
      {code === 'SESSION_EXPIRED' && (
        <PasswordDialog
          help={t('rescue.passwordHelp')}
          onPassword={async (password) => {
            await session.reauthenticate(password);
            send(false);
          }}
          onCancel={() => setError(null)}
        />
      )}
    </Dialog>
  );
}
