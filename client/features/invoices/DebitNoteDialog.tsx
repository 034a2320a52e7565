import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { Invoice, PaymentMethod } from '../../../schemas/invoices';
import { lineAmounts } from '../../../shared/money/line-amounts';
import { parseMoney } from '../../../shared/money/money';
import { cutText } from '../../../shared/text/cut-text';
import { ApproverFields, isFilled, NOBODY } from '../../dialogs/ApproverFields';
import { useWords } from '../../i18n/use-words';
import type { Credentials } from '../../services/approvals-service';
import { useDesk } from '../../services/use-desk';
import { FormDialog } from '../list/FormDialog';

const METHODS: readonly PaymentMethod[] = ['cash', 'card', 'transfer'];

/** A debit note: an amount that was missing in one line of an invoice, with that line's tax, and why. */
export function DebitNoteDialog(props: {
  invoice: Invoice;
  currency: string;
  onClose: () => void;
  onIssued: (note: Invoice) => void;
  /** Whoever is logged in may not do it alone. */
  needsApproval: boolean;
}) {
  const { sales } = useDesk();
  const { t, money } = useWords();
  const { invoice, currency } = props;
  const [line, setLine] = useState(0);
  const [typed, setTyped] = useState('');
  const [method, setMethod] = useState<PaymentMethod>('cash');
  const [reason, setReason] = useState('');
  const [approver, setApprover] = useState<Credentials>(NOBODY);
  const approved = props.needsApproval ? { approver } : {};
  const amount = parseMoney(typed);
  const isAmount = amount !== null && amount > 0;
  const corrected = invoice.lines[line];
  const amounts =
    isAmount && corrected !== undefined
      ? lineAmounts({ ...corrected, quantity: 1000, unitPrice: amount, discountRate: 0 })
      : null;
  return (
    <FormDialog
      title={t('invoice.debitNote')}
      saveLabel={t('invoice.issueNote')}
      valid={isAmount && reason.trim() !== '' && (!props.needsApproval || isFilled(approver))}
      onClose={props.onClose}
      onSave={async (signal) => {
        if (amount === null) return;
        props.onIssued(
          await sales.debitNote(invoice, { reason, line, amount, method, ...approved }, signal),
        );
      }}
    >
      <Typography>{t('invoice.debitNoteHelp')}</Typography>
      <TextField
        select
        label={t('invoice.line')}
        value={line}
        onChange={(event) => setLine(Number(event.target.value))}
      >
        {invoice.lines.map(({ productId, description }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
          <MenuItem key={`${productId}:${index}`} value={index}>
            {description}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        label={t('invoice.amount')}
        value={typed}
        autoFocus
        required
        error={typed !== '' && !isAmount}
        helperText={
          amounts === null
            ? typed !== '' && t('lists.badPrice')
            : `${t('sale.tax')} ${money(amounts.tax, currency)} · ${t('sale.total')} ${money(amounts.total, currency)}`
        }
        onChange={(event) => setTyped(event.target.value)}
        slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      />
      <TextField
        select
        label={t('invoice.paidBy')}
        value={method}
        onChange={(event) => {
          const chosen = METHODS.find((entry) => entry === event.target.value);
          if (chosen !== undefined) setMethod(chosen);
        }}
      >
        {METHODS.map((entry) => (
          <MenuItem key={entry} value={entry}>
            {t(`sale.${entry}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        label={t('lists.reason')}
        value={reason}
        required
        onChange={(event) => setReason(cutText(event.target.value, 180))}
      />
      {props.needsApproval && (
        <ApproverFields help={t('approval.creditNote')} value={approver} onChange={setApprover} />
      )}
    </FormDialog>
  );
}
