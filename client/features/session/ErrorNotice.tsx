import Alert from '@mui/material/Alert';
import { useWords } from '../../i18n/use-words';

/** An error as a person reads it: what happened, what is safe, what to do. */
export function ErrorNotice({ error }: { error: unknown }) {
  const { errorOf } = useWords();
  if (error === null || error === undefined) return null;
  const words = errorOf(error);
  return (
    <Alert severity="error" role="alert">
      <strong>{words.title}.</strong> {words.safe} {words.action}
    </Alert>
  );
}
