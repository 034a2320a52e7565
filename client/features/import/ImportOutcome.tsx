import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useWords } from '../../i18n/use-words';
import { type ChosenFile, type ImportState, isToSend } from '../../services/import-service';
import { useDesk } from '../../services/use-desk';
import { useCount } from './use-count';

/** Where sending stands, how it ended, and what to do next. */
export function ImportOutcome({ state }: { state: ImportState }) {
  const { t, errorWords } = useWords();
  const sending = state.files.findIndex(({ outcome }) => outcome.kind === 'sending');
  const file = state.files[sending];
  if (state.phase === 'sending' && file !== undefined) {
    const done = state.files.filter(({ outcome }) => outcome.kind === 'done').length;
    const total = done + state.files.filter(isToSend).length;
    return (
      <Stack spacing={1} role="status">
        <Typography>{t('imports.progress', { name: file.name, at: done + 1, total })}</Typography>
        <LinearProgress />
      </Stack>
    );
  }
  for (const { outcome, name } of state.files) {
    if (outcome.kind !== 'failed') continue;
    const words = errorWords(outcome.code);
    return (
      <Alert severity="error" role="alert">
        <strong>
          {name}: {words.title}.
        </strong>{' '}
        {words.action} {t('imports.failedHelp')}
      </Alert>
    );
  }
  const done = state.files.filter(({ outcome }) => outcome.kind === 'done');
  if (state.phase !== 'idle' || done.length === 0) return null;
  return <Done files={done} />;
}

function Done({ files }: { files: readonly ChosenFile[] }) {
  const { sync } = useDesk();
  const { t } = useWords();
  const replies = files.flatMap(({ outcome }) => (outcome.kind === 'done' ? [outcome.reply] : []));
  const sum = (of: (reply: (typeof replies)[number]) => number): number =>
    replies.reduce((total, reply) => total + of(reply), 0);
  const openings = sum((reply) => reply.openings);
  const count = useCount();
  const parts = (['products', 'clients'] as const).flatMap((kind) => {
    const counts = {
      created: sum((reply) => reply[kind].created),
      edited: sum((reply) => reply[kind].edited),
      unchanged: sum((reply) => reply[kind].unchanged),
    };
    return counts.created + counts.edited + counts.unchanged === 0 ? [] : [{ kind, counts }];
  });
  const facts = parts.map(({ kind, counts: { created, edited, unchanged } }) => {
    const numbers = {
      created: count(created),
      edited: count(edited),
      unchanged: count(unchanged),
    };
    return `${t(`imports.${kind}`)}: ${t('imports.result', numbers)}`;
  });
  if (openings > 0) facts.push(t('imports.openings', { count: count(openings) }));
  const refused = sum((reply) => reply.refusedCount);
  if (refused > 0) facts.push(t('imports.refusedCount', { count: count(refused) }));
  if (parts.length === 0 && openings === 0) {
    return (
      <Alert severity="warning" role="status">
        <strong>{t('imports.nothing')}.</strong>
        <div>{facts.join(' · ')}</div>
      </Alert>
    );
  }
  return (
    <Alert severity="success" role="status">
      <strong>{t('imports.doneTitle')}.</strong>
      <div>{facts.join(' · ')}</div>
      <div>{t('imports.doneHelp')}</div>
      <Stack direction="row" spacing={1} sx={{ mt: 1 }}>
        {parts.map(({ kind }) => (
          <Button
            key={kind}
            variant="outlined"
            color="inherit"
            onClick={() => sync.send({ type: 'askSingle', unit: kind })}
          >
            {t(kind === 'products' ? 'imports.syncProducts' : 'imports.syncClients')}
          </Button>
        ))}
      </Stack>
    </Alert>
  );
}
