import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Invoice } from '../../../schemas/invoices';
import { may } from '../../../shared/roles';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { PrintReceipt } from '../receipt/PrintReceipt';
import { Receipt } from '../receipt/Receipt';
import { CreditNoteDialog } from './CreditNoteDialog';
import { InvoiceState } from './InvoiceState';

/** One document as it was issued, what became of it, and what can be done about it. */
export default function InvoiceScreen() {
  const { invoices, session } = useDesk();
  const { t } = useWords();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const state = useSubject(session.state$);
  const [invoice, setInvoice] = useState<Invoice | null>(null);
  const [notes, setNotes] = useState<readonly Invoice[]>([]);
  const [crediting, setCrediting] = useState(false);
  useEffect(() => {
    let alive = true;
    const read = (): void => {
      void Promise.all([invoices.find(id), invoices.notesOf(id)]).then(([found, related]) => {
        if (!alive) return;
        setInvoice(found);
        setNotes(related);
      });
    };
    read();
    const subscription = invoices.changed$.subscribe(read);
    return () => {
      alive = false;
      subscription.unsubscribe();
    };
  }, [invoices, id]);
  if (state.kind !== 'signedIn') return null;
  if (invoice === null) return <Typography>{t('lists.none')}</Typography>;
  const creditable =
    may(state.user.role, 'creditNote') && (invoice.type === '01' || invoice.type === '04');
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: 4, alignItems: 'start' }}>
      <Paper variant="outlined" sx={{ p: 2, bgcolor: '#fff' }}>
        <Receipt invoice={invoice} store={state.store} />
      </Paper>
      <Stack spacing={2} sx={{ maxWidth: 560 }}>
        <Typography variant="h5" component="h1">
          {t(`lists.type${invoice.type}`)}
        </Typography>
        <Typography sx={{ fontSize: 20 }}>{invoice.consecutive}</Typography>
        <Box>
          <InvoiceState invoice={invoice} />
        </Box>
        {invoice.flags.map((flag) => (
          <Alert key={flag} severity="warning">
            {t(`invoice.${flag}`)}
          </Alert>
        ))}
        {notes.map((note) => (
          <Button key={note.id} variant="text" onClick={() => navigate(`/facturas/${note.id}`)}>
            {t(`lists.type${note.type}`)} {note.consecutive}
          </Button>
        ))}
        <Stack direction="row" spacing={1}>
          <Button onClick={() => navigate('/facturas')}>{t('invoice.back')}</Button>
          <PrintReceipt invoice={invoice} />
          {creditable && (
            <Button variant="contained" onClick={() => setCrediting(true)}>
              {t('invoice.creditNote')}
            </Button>
          )}
        </Stack>
      </Stack>
      {crediting && (
        <CreditNoteDialog
          invoice={invoice}
          notes={notes}
          onClose={() => setCrediting(false)}
          onIssued={(note) => {
            setCrediting(false);
            void navigate(`/facturas/${note.id}`);
          }}
        />
      )}
    </Box>
  );
}
