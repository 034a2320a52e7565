import Button from '@mui/material/Button';
import { useRef } from 'react';
import { useWords } from '../../i18n/use-words';

/** The button that opens the machine's own window of files. */
export function ChooseFiles(props: {
  variant: 'contained' | 'outlined';
  disabled: boolean;
  onFiles: (files: readonly File[]) => void;
}) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant={props.variant}
        disabled={props.disabled}
        onClick={() => input.current?.click()}
        sx={{ whiteSpace: 'nowrap' }}
      >
        {t('imports.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="files"
        accept=".csv,.gz,.txt,.tsv,text/csv"
        disabled={props.disabled}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          /* A file that was corrected may be chosen again: to the browser that is no change unless it forgets. */
          event.target.value = '';
          if (files.length > 0) props.onFiles(files);
        }}
      />
    </>
  );
}
