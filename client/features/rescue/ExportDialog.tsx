import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words';
import type { MadeRescue } from '../../services/rescue-service';
import { useDesk } from '../../services/use-desk';
import { saveFile } from '../list/save-file';
import { ErrorNotice } from '../session/ErrorNotice';
import { RescueFacts } from './RescueFacts';

/** What is pending here into a file, and the key that opens it. Nothing is marked as sent. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { rescue } = useDesk();
  const { t } = useWords();
  const [isBusy, setBusy] = useState(false);
  const [made, setMade] = useState<MadeRescue | null>(null);
  const [error, setError] = useState<unknown>(null);
  const save = ({ fileName, text }: MadeRescue): void => saveFile(fileName, text, 'sealed');
  const make = (): void => {
    setBusy(true);
    setError(null);
    rescue
      .make()
      .then((file) => {
        save(file);
        setMade(file);
      })
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    /* With the key on screen only the button closes it: it is shown once. */
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby="rescue-title"
      onClose={made === null && !isBusy ? onClose : () => undefined}
    >
      <DialogTitle id="rescue-title">{t('rescue.make')}</DialogTitle>
      <DialogContent aria-live="polite">
        <Stack spacing={2}>
          {made === null && <Typography>{t('rescue.makeHelp')}</Typography>}
          {isBusy && (
            <div>
              {t('rescue.making')}
              <LinearProgress sx={{ mt: 1 }} />
            </div>
          )}
          <ErrorNotice error={error} />
          {made !== null && <Made made={made} />}
        </Stack>
      </DialogContent>
      <DialogActions sx={{ p: 2 }}>
        {made !== null && <Button onClick={() => save(made)}>{t('rescue.saveAgain')}</Button>}
        <Button variant={made === null ? 'text' : 'contained'} disabled={isBusy} onClick={onClose}>
          {t(made === null ? 'app.cancel' : 'app.close')}
        </Button>
        {made === null && (
          <Button variant="contained" autoFocus disabled={isBusy} onClick={make}>
            {t('rescue.save')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Made({ made }: { made: MadeRescue }) {
  const { t } = useWords();
  return (
    <>
      <Alert severity="success">{t('rescue.made', { file: made.fileName })}</Alert>
      <div>
        <Typography id="rescue-key" color="text.secondary">
          {t('rescue.key')}
        </Typography>
        <Typography
          role="status"
          aria-labelledby="rescue-key"
          data-testid="rescue-key"
          sx={{ fontFamily: 'monospace', fontSize: 30, fontWeight: 650, userSelect: 'all' }}
        >
          {made.key}
        </Typography>
        <Typography>{t('rescue.keyHelp')}</Typography>
      </div>
      <RescueFacts facts={made.facts} />
      <Alert severity="info">{t('rescue.stillPending')}</Alert>
    </>
  );
}
