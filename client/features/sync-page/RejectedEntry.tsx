import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router';
import type { Role } from '../../../schemas/users';
import { useWords } from '../../i18n/use-words';
import type { Refusal } from '../../services/attention-service';
import { mayCorrect } from './may-correct';
import { useRefusalWords } from './use-refusal-words';

const IMMUTABLE = {
  invoices: 'attention.immutableInvoice',
  movements: 'attention.immutableMovement',
  shifts: 'attention.immutableShift',
} as const;
const KINDS = ['clients', 'products', 'invoices', 'movements', 'shifts'] as const;

/** One refused document: what it is, why, what can honestly be done with it, and the buttons that do it. */
export function RejectedEntry(props: {
  refusal: Refusal;
  role: Role;
  onCorrect: () => void;
  onShow: () => void;
  onSendAgain: () => void;
}) {
  const { t, dateTime } = useWords();
  const { refusal } = props;
  const { reason, action } = useRefusalWords()(refusal);
  const rights = mayCorrect(refusal.collectionName, props.role);
  const kind = KINDS.find((name) => name === refusal.collectionName);
  const immutable =
    kind === 'invoices' || kind === 'movements' || kind === 'shifts' ? IMMUTABLE[kind] : null;
  /* A supervisor's hand changes nothing about who issued it: only the role of that person does. */
  const isRole = immutable !== null && refusal.code === 'ROLE_NOT_ALLOWED';
  const isApproval = isRole && refusal.message.startsWith('/approvals/');
  const remedy = isApproval
    ? t('attention.immutableApproval')
    : isRole
      ? t('attention.immutableRole')
      : action;
  return (
    <Box component="article" aria-label={refusal.title}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, flexWrap: 'wrap' }}>
        <Typography sx={{ fontSize: 18, fontWeight: 650 }}>
          {/* A cash session has no name but its beginning. */}
          {kind === 'shifts' ? dateTime(refusal.title) : refusal.title}
        </Typography>
        <Typography color="textSecondary">
          {kind !== undefined && `${t(`status.${kind}`)} · `}
          {dateTime(refusal.at)}
        </Typography>
        {refusal.isWaiting && <Chip color="warning" label={t('attention.waiting')} />}
      </Box>
      <Typography sx={{ mt: 0.5 }}>
        <strong>{reason}</strong> {immutable !== null && `${t(immutable)} `}
        {remedy}
      </Typography>
      <Typography>
        {t('attention.kept')} {immutable !== null && t('attention.owner')}
      </Typography>
      <Typography color="textSecondary" sx={{ fontSize: 14 }}>
        {t('attention.detail', { text: `${refusal.code} · ${refusal.message}` })}
      </Typography>
      <Stack direction="row" spacing={1} sx={{ mt: 1, alignItems: 'center' }}>
        {rights === 'yes' && (
          <Button variant="contained" onClick={props.onCorrect}>
            {t('attention.correct')}
          </Button>
        )}
        {rights === 'role' && <Typography>{t('attention.needsRole')}</Typography>}
        {rights === 'never' && (
          <Button variant="contained" onClick={props.onSendAgain}>
            {t('syncPage.sendAgain')}
          </Button>
        )}
        {kind === 'invoices' ? (
          <Button variant="outlined" component={Link} to={`/facturas/${refusal.documentId}`}>
            {t('attention.show')}
          </Button>
        ) : (
          <Button variant="outlined" onClick={props.onShow}>
            {t('attention.show')}
          </Button>
        )}
      </Stack>
    </Box>
  );
}
