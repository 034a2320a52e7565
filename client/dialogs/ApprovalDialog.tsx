import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { FormDialog } from '../features/list/FormDialog';
import { useWords } from '../i18n/use-words';
import type { Credentials } from '../services/approvals-service';
import { ApproverFields, isFilled, NOBODY } from './ApproverFields';

/** Somebody who may do it allows it here, with a connection or without one; what is allowed is said first. */
export function ApprovalDialog(props: {
  what: readonly string[];
  onApprove: (approver: Credentials, signal: AbortSignal) => Promise<void>;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [approver, setApprover] = useState<Credentials>(NOBODY);
  return (
    <FormDialog
      title={t('approval.title')}
      saveLabel={t('approval.approve')}
      valid={isFilled(approver)}
      onSave={(signal) => props.onApprove(approver, signal)}
      onClose={props.onClose}
    >
      {props.what.map((what) => (
        <Typography key={what} sx={{ fontSize: 18, fontWeight: 600 }}>
          {what}
        </Typography>
      ))}
      <ApproverFields autoFocus help={t('approval.help')} value={approver} onChange={setApprover} />
    </FormDialog>
  );
}
