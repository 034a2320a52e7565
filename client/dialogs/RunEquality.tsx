import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import type { Equality } from '../../shared/proof/equality';
import { useWords } from '../i18n/use-words';

const WORDS = {
  different: 'proof.runDifferent',
  behind: 'proof.runBehind',
  unknown: 'proof.runUnknown',
} as const;

/** Whether the terminal now holds what the server holds, as the last of a run's figures. */
export function RunEquality({ equality }: { equality: Equality | null }) {
  const { t } = useWords();
  if (equality === null) return null;
  if (equality === 'equal') {
    return (
      <Typography
        sx={{
          display: 'flex',
          gap: 1,
          alignItems: 'center',
          color: 'success.main',
          fontWeight: 650,
        }}
      >
        <CheckCircleOutlined fontSize="small" aria-hidden />
        {t('proof.equal')}
      </Typography>
    );
  }
  return (
    <Alert severity={equality === 'different' ? 'warning' : 'info'}>{t(WORDS[equality])}</Alert>
  );
}
