import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import Typography from '@mui/material/Typography';
import { useWords } from '../i18n/use-words';
import { totalPending } from '../services/status-service';
import { useDesk, useSelected } from '../services/use-desk';

/** The last page: all is saved, or what is not. It says "saved" only when nothing is pending. */
export function WizardEnd({ thenLogout }: { thenLogout: boolean }) {
  const { sync, status } = useDesk();
  const { t } = useWords();
  const total = useSelected(status.status$, (value) => totalPending(value.pending));
  const saved = total === 0;
  const logout = (
    <Button
      variant={thenLogout ? 'contained' : 'outlined'}
      autoFocus={thenLogout}
      onClick={() => sync.send({ type: 'askLogout', pending: total })}
    >
      {t('menu.logout')}
    </Button>
  );
  return (
    <>
      <DialogContent sx={{ minHeight: 400, display: 'grid', alignContent: 'center', gap: 2 }}>
        <Alert severity={saved ? 'success' : 'warning'} sx={{ fontSize: 20 }}>
          {saved ? t('sync.allSaved') : `${t('sync.notAllSaved')}: ${total ?? t('app.unknown')}`}
        </Alert>
        <Typography sx={{ fontSize: 18 }}>
          {saved ? t('sync.allSavedHelp') : t('sync.notAllSavedHelp')}
        </Typography>
      </DialogContent>
      <DialogActions sx={{ p: 2 }}>
        {logout}
        <Button
          variant={thenLogout ? 'outlined' : 'contained'}
          autoFocus={!thenLogout}
          onClick={() => sync.send({ type: 'accept' })}
        >
          {t('app.close')}
        </Button>
      </DialogActions>
    </>
  );
}
