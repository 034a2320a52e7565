import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { Invoice } from '../../../schemas/invoices';
import { may } from '../../../shared/roles';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { useList } from '../../services/use-list';
import { ErrorNotice } from '../session/ErrorNotice';

/** What the server noticed of this invoice: what it means, what to do, and whether somebody has attended to it. */
export function InvoiceAlerts({ invoice }: { invoice: Invoice }) {
  const { attention, session } = useDesk();
  const { t } = useWords();
  const state = useSubject(session.state$);
  const open = useList(() => attention.alerts$());
  const [error, setError] = useState<unknown>(null);
  if (invoice.flags.length === 0 || state.kind !== 'signedIn') return null;
  const isOpen = open?.some(({ invoiceId }) => invoiceId === invoice.id) === true;
  return (
    <>
      {invoice.flags.map((flag) => (
        <Alert key={flag} severity="warning">
          <AlertTitle>{t(`alerts.${flag}`)}</AlertTitle>
          {t(`alerts.${flag}_what`)}
          <Box sx={{ mt: 0.5 }}>
            <strong>{t('attention.whatToDo')}:</strong> {t(`alerts.${flag}_todo`)}
          </Box>
        </Alert>
      ))}
      <ErrorNotice error={error} />
      {isOpen && may(state.user.role, 'attendAlerts') && (
        <Button
          variant="outlined"
          sx={{ alignSelf: 'start' }}
          onClick={() => attention.attend(invoice.id).catch(setError)}
        >
          {t('attention.attended')}
        </Button>
      )}
    </>
  );
}
