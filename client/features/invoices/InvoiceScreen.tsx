import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { auditTime, firstValueFrom } from 'rxjs';
import type { Invoice } from '../../../schemas/invoices';
import { errorCodeOf } from '../../../shared/errors/app-error';
import { may } from '../../../shared/roles';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { OnlineOnly } from '../list/OnlineOnly';
import { PrintReceipt } from '../receipt/PrintReceipt';
import { Receipt } from '../receipt/Receipt';
import { ErrorNotice } from '../session/ErrorNotice';
import { CreditNoteDialog } from './CreditNoteDialog';
import { DebitNoteDialog } from './DebitNoteDialog';
import { InvoiceAlerts } from './InvoiceAlerts';
import { InvoiceFacts } from './InvoiceFacts';
import { InvoiceState } from './InvoiceState';

const QUIET_MS = 300;

/** The server cannot be reached. */
const isAway = (error: unknown): boolean => ['NETWORK', 'TIMEOUT'].includes(errorCodeOf(error));

/** One document as it was issued, what became of it, and what can be done about it. */
export default function InvoiceScreen() {
  const { archive, invoices, session } = useDesk();
  const { t, money } = useWords();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const state = useSubject(session.state$);
  const [invoice, setInvoice] = useState<Invoice | null | undefined>(undefined);
  /** Null: not known, or not yet. */
  const [notes, setNotes] = useState<readonly Invoice[] | null>(null);
  const [notesError, setNotesError] = useState<unknown>(null);
  const [error, setError] = useState<unknown>(null);
  /** It is not here: what is shown is what the server has. */
  const [isArchived, setArchived] = useState(false);
  const [writing, setWriting] = useState<'credit' | 'debit' | null>(null);
  useEffect(() => {
    let newest = 0;
    const read = async (): Promise<void> => {
      newest += 1;
      const own = newest;
      const isOver = () => own !== newest;
      try {
        const [here, from] = await Promise.all([
          invoices.find(id),
          firstValueFrom(archive.heldFrom$),
        ]);
        /* Where a cut was made it may be one of those that the server alone has. */
        const found = here ?? (from === null ? null : await archive.find(id));
        if (isOver()) return;
        setError(null);
        setArchived(here === null);
        setInvoice(found);
        if (found === null) return;
        /* What was known of them stays where they cannot be asked for again. */
        const related = await invoices.notesOf(found).catch((failed: unknown) => {
          if (!isOver()) setNotesError(failed);
          return null;
        });
        if (isOver() || related === null) return;
        setNotesError(null);
        setNotes(related);
      } catch (failed) {
        if (!isOver()) setError(failed);
      }
    };
    setNotes(null);
    setNotesError(null);
    void read();
    /* A sync writes many at once, and each may be a question to the server here. */
    const subscription = invoices.changed$.pipe(auditTime(QUIET_MS)).subscribe(() => void read());
    return () => {
      newest = -1;
      subscription.unsubscribe();
    };
  }, [archive, invoices, id]);
  if (state.kind !== 'signedIn') return null;
  if (invoice === undefined) {
    return (
      <Stack spacing={2}>
        {error !== null && <OnlineOnly words={t('archive.offline')} />}
        <ErrorNotice error={error} />
      </Stack>
    );
  }
  if (invoice === null) {
    return (
      <Alert
        severity="info"
        action={<Button onClick={() => navigate('/facturas')}>{t('invoice.back')}</Button>}
      >
        {t('attention.gone')}
      </Alert>
    );
  }
  const isSale = invoice.type === '01' || invoice.type === '04';
  const correctable = isSale && notes !== null && may(state.user.role, 'sell');
  const needsApproval = !may(state.user.role, 'creditNote');
  const original = invoice.reference?.invoiceId ?? '';
  const issued = (note: Invoice): void => {
    setWriting(null);
    void navigate(`/facturas/${note.id}`);
  };
  const dialog = { invoice, onClose: () => setWriting(null), onIssued: issued, needsApproval };
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: 3, alignItems: 'start' }}>
      <Paper variant="outlined" sx={{ bgcolor: '#fff', overflow: 'hidden' }}>
        <Receipt invoice={invoice} store={state.store} />
      </Paper>
      <Stack spacing={2} sx={{ maxWidth: 760 }}>
        <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
          <Typography variant="h5" component="h1">
            {t(`lists.type${invoice.type}`)} {invoice.consecutive}
          </Typography>
          <InvoiceState invoice={invoice} />
        </Stack>
        <Stack direction="row" spacing={1}>
          <Button variant="outlined" onClick={() => navigate('/facturas')}>
            {t('invoice.back')}
          </Button>
          <PrintReceipt invoice={invoice} />
          {correctable && (
            <>
              <Button variant="outlined" onClick={() => setWriting('credit')}>
                {t('invoice.creditNote')}
              </Button>
              <Button variant="outlined" onClick={() => setWriting('debit')}>
                {t('invoice.debitNote')}
              </Button>
            </>
          )}
        </Stack>
        {isArchived && <Alert severity="info">{t('archive.onServer')}</Alert>}
        {isSale && notes === null && isAway(notesError) && (
          <Alert severity="info">{t('archive.notesOffline')}</Alert>
        )}
        {isSale && notes === null && !isAway(notesError) && <ErrorNotice error={notesError} />}
        <InvoiceAlerts invoice={invoice} />
        <InvoiceFacts invoice={invoice} store={state.store} terminal={state.terminal} />
        {original !== '' && (
          <Button sx={{ alignSelf: 'start' }} onClick={() => navigate(`/facturas/${original}`)}>
            {t('invoice.original')}
          </Button>
        )}
        {notes !== null && notes.length > 0 && (
          <Paper variant="outlined" component="section" sx={{ p: 2 }}>
            <Typography variant="h6" component="h2">
              {t('invoice.notesOf')}
            </Typography>
            {notes.map((note) => (
              <Box key={note.id} sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
                <Button onClick={() => navigate(`/facturas/${note.id}`)}>
                  {t(`lists.type${note.type}`)} {note.consecutive}
                </Button>
                <Typography sx={{ ml: 'auto', fontWeight: 600 }}>
                  {money(note.totals.total, note.currency)}
                </Typography>
              </Box>
            ))}
          </Paper>
        )}
      </Stack>
      {writing === 'credit' && notes !== null && <CreditNoteDialog {...dialog} notes={notes} />}
      {writing === 'debit' && <DebitNoteDialog {...dialog} currency={state.store.currency} />}
    </Box>
  );
}
