import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import List from '@mui/material/List';
import ListItemButton from '@mui/material/ListItemButton';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { ErrorCode } from '../../../shared/errors/registry';
import { useWords } from '../../i18n/use-words';
import { type ChosenFile, isToSend } from '../../services/import-service';
import { useCount } from './use-count';

/** The chosen files, what each is, and where it stands; one of them is looked at beside it. */
export function FileList(props: {
  files: readonly ChosenFile[];
  selected: string;
  onSelect: (id: string) => void;
}) {
  const { t } = useWords();
  return (
    <Paper variant="outlined" sx={{ width: 340, flexShrink: 0, overflow: 'auto' }}>
      <List disablePadding aria-label={t('imports.files')}>
        {props.files.map((file) => (
          <ListItemButton
            key={file.id}
            divider
            selected={file.id === props.selected}
            aria-current={file.id === props.selected}
            onClick={() => props.onSelect(file.id)}
            sx={{ display: 'block', py: 1.25 }}
          >
            <Typography noWrap title={file.name} sx={{ fontWeight: 650 }}>
              {file.name}
            </Typography>
            <Summary file={file} />
          </ListItemButton>
        ))}
      </List>
    </Paper>
  );
}

function Summary({ file }: { file: ChosenFile }) {
  const { t } = useWords();
  const count = useCount();
  const preview = file.preview?.ok === true ? file.preview : null;
  const refused =
    file.outcome.kind === 'done' ? file.outcome.reply.refusedCount : preview?.refused.length;
  return (
    <>
      {preview !== null && (
        <Typography component="div" color="text.secondary" sx={{ fontSize: 14 }}>
          {t(`importKinds.${preview.kind}`)} · {t('imports.lines', { count: count(preview.lines) })}
          <Accepted {...preview} />
        </Typography>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, mt: 0.75 }}>
        <FileState file={file} />
        {refused !== undefined && refused > 0 && (
          <Chip
            size="small"
            color="error"
            variant="outlined"
            label={t('imports.refusedCount', { count: count(refused) })}
          />
        )}
      </Box>
    </>
  );
}

function Accepted({ products, clients }: { products: number; clients: number }) {
  const { t } = useWords();
  const count = useCount();
  const parts = [
    ...(products > 0 ? [t('imports.acceptedProducts', { count: count(products) })] : []),
    ...(clients > 0 ? [t('imports.acceptedClients', { count: count(clients) })] : []),
  ];
  return parts.map((part) => <div key={part}>{part}</div>);
}

/** The file may have gone in, and only the answer was lost: sending it again changes nothing then. */
const UNANSWERED: ReadonlySet<ErrorCode> = new Set(['NETWORK', 'TIMEOUT', 'BAD_RESPONSE']);

function FileState({ file }: { file: ChosenFile }) {
  const { t } = useWords();
  const { preview, outcome } = file;
  if (outcome.kind === 'done') {
    return <Chip size="small" color="success" label={t('imports.done')} />;
  }
  if (outcome.kind === 'failed') {
    return UNANSWERED.has(outcome.code) ? (
      <Chip size="small" color="warning" label={t('imports.unanswered')} />
    ) : (
      <Chip size="small" color="error" label={t('imports.failed')} />
    );
  }
  if (outcome.kind === 'sending') {
    return <Chip size="small" color="primary" label={t('imports.sending')} />;
  }
  if (preview === null) return <Chip size="small" label={t('imports.reading')} />;
  if (!preview.ok) return <Chip size="small" color="error" label={t('imports.unreadable')} />;
  if (preview.kind === 'cabys') return <Chip size="small" label={t('imports.companion')} />;
  if (isToSend(file)) {
    return <Chip size="small" color="primary" variant="outlined" label={t('imports.ready')} />;
  }
  const needsPrice = preview.refused.some(({ code }) => code === 'NO_PRICE');
  return (
    <Chip
      size="small"
      color="warning"
      label={t(needsPrice ? 'imports.needsPrice' : 'imports.nothing')}
    />
  );
}
