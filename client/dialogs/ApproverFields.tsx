import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { cutText } from '../../shared/text/cut-text';
import { useWords } from '../i18n/use-words';
import type { Credentials } from '../services/approvals-service';

export const NOBODY: Credentials = { userName: '', password: '' };

export const isFilled = ({ userName, password }: Credentials): boolean =>
  userName.trim() !== '' && password !== '';

/** Where a supervisor types at the cashier's desk. The browser is told to keep none of it. */
export function ApproverFields(props: {
  help: string;
  value: Credentials;
  autoFocus?: boolean;
  onChange: (value: Credentials) => void;
}) {
  const { t } = useWords();
  const { value, onChange } = props;
  return (
    <>
      <Typography>{props.help}</Typography>
      <TextField
        label={t('approval.userName')}
        value={value.userName}
        required
        autoFocus={props.autoFocus === true}
        autoComplete="off"
        onChange={(event) => onChange({ ...value, userName: cutText(event.target.value, 40) })}
      />
      <TextField
        label={t('approval.password')}
        type="password"
        value={value.password}
        required
        autoComplete="new-password"
        onChange={(event) => onChange({ ...value, password: cutText(event.target.value, 200) })}
      />
    </>
  );
}
