import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words';
import { ExportCaseDialog } from './ExportCaseDialog';
import { Section } from './Section';

/** The way from a problem in the field to a test: what this terminal did, as a file for QA. */
export function ExportCase() {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  return (
    <Section title={t('cases.title')}>
      <Typography color="text.secondary" sx={{ mb: 1.5 }}>
        {t('cases.help')}
      </Typography>
      <Button variant="outlined" onClick={() => setOpen(true)}>
        {t('cases.export')}
      </Button>
      {saved !== null && (
        <Typography role="status" sx={{ mt: 1.5 }}>
          {t('cases.saved', { name: saved })}
        </Typography>
      )}
      {isOpen && <ExportCaseDialog onClose={() => setOpen(false)} onSaved={setSaved} />}
    </Section>
  );
}
