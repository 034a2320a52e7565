import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import { useWords } from '../i18n/use-words';

/** A question with "Sí" and "No"; Enter says yes, Esc says no. What cannot be undone waits on "No". */
export function ConfirmDialog(props: {
  question: string;
  isFinal?: boolean;
  onYes: () => void;
  onNo: () => void;
}) {
  const { t } = useWords();
  const isFinal = props.isFinal === true;
  return (
    <Dialog open onClose={props.onNo} maxWidth="xs" aria-labelledby="confirm-question">
      <DialogContent>
        <DialogContentText id="confirm-question" sx={{ fontSize: 20, color: 'text.primary' }}>
          {props.question}
        </DialogContentText>
      </DialogContent>
      <DialogActions sx={{ p: 2 }}>
        <Button autoFocus={isFinal} onClick={props.onNo}>
          {t('app.no')}
        </Button>
        <Button
          variant="contained"
          color={isFinal ? 'error' : 'primary'}
          autoFocus={!isFinal}
          onClick={props.onYes}
        >
          {t('app.yes')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
