import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { UserReply, UserRow } from '../../../shared/protocol/user-messages';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { FormDialog } from '../list/FormDialog';
import { isPasswordOk, PasswordField } from './PasswordField';

/** A new password for somebody: typed, or made. */
export function ResetDialog(props: {
  user: UserRow;
  onClose: () => void;
  onSaved: (reply: UserReply) => void;
}) {
  const { users } = useDesk();
  const { t } = useWords();
  const [password, setPassword] = useState('');
  return (
    <FormDialog
      title={`${t('users.reset')} · ${props.user.displayName}`}
      valid={isPasswordOk(password)}
      onClose={props.onClose}
      onSave={async () => {
        const typed = password === '' ? undefined : password;
        props.onSaved(await users.resetPassword(props.user.id, typed));
      }}
    >
      <Typography>{t('users.resetHelp')}</Typography>
      <PasswordField value={password} onChange={setPassword} />
    </FormDialog>
  );
}
