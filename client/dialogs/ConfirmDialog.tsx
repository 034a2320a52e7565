import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import { useWords } from '../i18n/use-words';

/** A question with "Sí" and "No"; Enter says yes, Esc says no. */
export function ConfirmDialog(props: { question: string; onYes: () => void; onNo: () => void }) {
  const { t } = useWords();
  return (
    <Dialog open onClose={props.onNo} maxWidth="xs" aria-labelledby="confirm-question">
      <DialogContent>
        <DialogContentText id="confirm-question" sx={{ fontSize: 20, color: 'text.primary' }}>
          {props.question}
        </DialogContentText>
      </DialogContent>
      <DialogActions sx={{ p: 2 }}>
        <Button onClick={props.onNo}>{t('app.no')}</Button>
        <Button variant="contained" autoFocus onClick={props.onYes}>
          {t('app.yes')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
