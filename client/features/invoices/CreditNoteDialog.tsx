import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { Invoice } from '../../../schemas/invoices';
import { remainingQuantities } from '../../../shared/fiscal/remaining-quantities';
import { parseQuantity } from '../../../shared/money/money';
import { cutText } from '../../../shared/text/cut-text';
import { ApproverFields, isFilled, NOBODY } from '../../dialogs/ApproverFields';
import { useWords } from '../../i18n/use-words';
import type { Credentials } from '../../services/approvals-service';
import { useDesk } from '../../services/use-desk';
import { FormDialog } from '../list/FormDialog';

/** A credit note over what is left of an invoice, whole or by line. */
export function CreditNoteDialog(props: {
  invoice: Invoice;
  notes: readonly Invoice[];
  onClose: () => void;
  onIssued: (note: Invoice) => void;
  /** Whoever is logged in may not do it alone. */
  needsApproval: boolean;
}) {
  const { sales } = useDesk();
  const { t, quantity } = useWords();
  const { invoice } = props;
  const left = remainingQuantities(invoice, props.notes);
  const [typed, setTyped] = useState<readonly string[]>(() =>
    invoice.lines.map((_, index) => quantity(left.get(index) ?? 0)),
  );
  const [reason, setReason] = useState('');
  const [approver, setApprover] = useState<Credentials>(NOBODY);
  const approved = props.needsApproval ? { approver } : {};
  const quantities = typed.map((text) => parseQuantity(text));
  const fits = (index: number): boolean => {
    const value = quantities[index];
    return value !== null && value !== undefined && value >= 0 && value <= (left.get(index) ?? 0);
  };
  const valid =
    reason.trim() !== '' &&
    (!props.needsApproval || isFilled(approver)) &&
    invoice.lines.every((_, index) => fits(index)) &&
    quantities.some((value) => (value ?? 0) > 0);
  return (
    <FormDialog
      title={t('invoice.creditNote')}
      saveLabel={t('invoice.issueNote')}
      valid={valid}
      onClose={props.onClose}
      onSave={async (signal) => {
        const wanted = new Map(quantities.map((value, index) => [index, value ?? 0]));
        props.onIssued(
          await sales.creditNote(invoice, { reason, quantities: wanted, ...approved }, signal),
        );
      }}
    >
      <Typography>{t('invoice.creditNoteHelp')}</Typography>
      <Table size="small">
        <TableBody>
          {invoice.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
            <TableRow key={`${line.productId}:${index}`}>
              <TableCell>{line.description}</TableCell>
              <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                {t('invoice.remaining')}: {quantity(left.get(index) ?? 0)}
              </TableCell>
              <TableCell sx={{ width: 120 }}>
                <TextField
                  value={typed[index] ?? ''}
                  error={!fits(index)}
                  slotProps={{
                    htmlInput: {
                      'aria-label': line.description,
                      inputMode: 'decimal',
                      style: { textAlign: 'right' },
                    },
                  }}
                  onChange={(event) =>
                    setTyped(typed.map((text, at) => (at === index ? event.target.value : text)))
                  }
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <TextField
        label={t('lists.reason')}
        value={reason}
        required
        autoFocus
        onChange={(event) => setReason(cutText(event.target.value, 180))}
      />
      {props.needsApproval && (
        <ApproverFields help={t('approval.creditNote')} value={approver} onChange={setApprover} />
      )}
    </FormDialog>
  );
}
