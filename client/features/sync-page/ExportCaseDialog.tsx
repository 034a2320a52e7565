import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useWords } from '../../i18n/use-words';
import type { CaseSummary } from '../../services/case-service';
import { useDesk } from '../../services/use-desk';
import { saveFile } from '../list/save-file';
import { ErrorNotice } from '../session/ErrorNotice';

const PARTS = [
  ['contains', ['contains1', 'contains2', 'contains3']],
  ['hidden', ['hidden1', 'hidden2']],
  ['never', ['never1']],
] as const;

/** Says what is in the file and what is not, before it is saved. */
export function ExportCaseDialog(props: { onClose: () => void; onSaved: (name: string) => void }) {
  const { cases } = useDesk();
  const { t, dateTime } = useWords();
  const [summary, setSummary] = useState<CaseSummary | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    cases.summary().then(setSummary, setError);
  }, [cases]);
  const isEmpty = summary === null || summary.operations === 0;
  const save = (): void => {
    setBusy(true);
    setError(null);
    cases
      .export()
      .then(({ name, text }) => {
        saveFile(name, text, 'json');
        props.onSaved(name);
        props.onClose();
      })
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <Dialog open onClose={props.onClose} maxWidth="md" aria-labelledby="case-title">
      <DialogTitle id="case-title">{t('cases.export')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          {summary !== null && (
            <Typography sx={{ fontWeight: 650 }}>
              {isEmpty
                ? t('cases.empty')
                : t('cases.span', {
                    from: dateTime(summary.from),
                    to: dateTime(summary.to),
                    operations: summary.operations,
                    messages: summary.messages,
                  })}
            </Typography>
          )}
          {PARTS.map(([part, lines]) => (
            <div key={part}>
              <Typography component="h3" sx={{ fontWeight: 650 }}>
                {t(`cases.${part}`)}
              </Typography>
              <ul style={{ margin: 0, paddingInlineStart: 24 }}>
                {lines.map((line) => (
                  <Typography key={line} component="li">
                    {t(`cases.${line}`)}
                  </Typography>
                ))}
              </ul>
            </div>
          ))}
          <Typography color="text.secondary">{t('cases.safe')}</Typography>
          <ErrorNotice error={error} />
        </Stack>
      </DialogContent>
      <DialogActions sx={{ p: 2 }}>
        <Button onClick={props.onClose}>{t('app.cancel')}</Button>
        <Button variant="contained" onClick={save} disabled={busy || isEmpty}>
          {t(busy ? 'cases.saving' : 'cases.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
