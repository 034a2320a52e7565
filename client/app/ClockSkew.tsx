import ReportProblem from '@mui/icons-material/ReportProblem';
import Chip from '@mui/material/Chip';
import { useWords } from '../i18n/use-words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A clock that is this far off is said aloud. */
const SHOWN_MS = 5 * MINUTE;

/** This machine's clock against the server's (F2): which way it is off, by how much, and what to do. */
export function ClockSkew({ skewMs }: { skewMs: number | null }) {
  const { t } = useWords();
  if (skewMs === null || Math.abs(skewMs) <= SHOWN_MS) return null;
  const size = Math.abs(skewMs);
  const amount =
    size < 2 * HOUR
      ? t('status.minutes', { count: Math.round(size / MINUTE) })
      : size < 2 * DAY
        ? t('status.hours', { count: Math.round(size / HOUR) })
        : t('status.days', { count: Math.round(size / DAY) });
  /* Server minus this clock: more than zero means that this one is behind. */
  const label = skewMs > 0 ? t('status.skewBehind', { amount }) : t('status.skewAhead', { amount });
  return (
    <Chip
      sx={{ height: 36 }}
      color="warning"
      variant="outlined"
      icon={<ReportProblem />}
      label={label}
    />
  );
}
