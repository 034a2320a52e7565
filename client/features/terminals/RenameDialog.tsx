import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words';
import { FormDialog } from '../list/FormDialog';

export function RenameDialog(props: {
  name: string;
  onSave: (name: string) => Promise<void>;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [name, setName] = useState(props.name);
  return (
    <FormDialog
      title={t('identity.renameTitle')}
      valid={name.trim() !== ''}
      onSave={() => props.onSave(name.trim())}
      onClose={props.onClose}
    >
      <TextField
        label={t('terminals.name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoFocus
        required
        slotProps={{ htmlInput: { maxLength: 60 } }}
      />
    </FormDialog>
  );
}
