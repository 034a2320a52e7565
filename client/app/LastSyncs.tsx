import Box from '@mui/material/Box';
import { isRunning } from '../../shared/sync/run-machine';
import { useWords } from '../i18n/use-words';
import type { LastSyncs as Instants } from '../services/status-service';
import { useDesk, useSubject } from '../services/use-desk';

const SHOWN = ['clients', 'products', 'users', 'invoices'] as const;

/**
 * When each collection was last synced: a time of today, else a date; never and unknown are said in words. A run that
 * is on is told in the place of the title: nothing on the bar moves when one begins or ends.
 */
export function LastSyncs({ lastSync }: { lastSync: Instants }) {
  const { clock, sync } = useDesk();
  const run = useSubject(sync.run$);
  const { t, when, dateTime } = useWords();
  const now = clock.now();
  const at = (name: (typeof SHOWN)[number]): string => {
    const instant = lastSync[name];
    if (instant === undefined) return t('app.unknown');
    return instant === null ? t('app.never') : when(instant, now);
  };
  return (
    <Box
      component="dl"
      aria-label={t('status.lastSync')}
      sx={{ display: 'flex', gap: 2, m: 0, flexShrink: 0, alignItems: 'end', fontSize: 14 }}
    >
      <Box
        component="dt"
        sx={{
          width: 112,
          textAlign: 'right',
          ...(isRunning(run)
            ? { color: 'primary.main', fontWeight: 600 }
            : { color: 'text.secondary' }),
        }}
      >
        {isRunning(run)
          ? `${t('status.running', { unit: t(`status.${run.unit}`).toLocaleLowerCase() })} · ${run.handled}`
          : t('status.lastSync')}
      </Box>
      {SHOWN.map((name) => {
        const instant = lastSync[name];
        return (
          <Box
            component="dd"
            key={name}
            sx={{ m: 0 }}
            {...(typeof instant === 'string' ? { title: dateTime(instant) } : {})}
          >
            <Box sx={{ color: 'text.secondary' }}>{t(`status.${name}`)}</Box>
            <Box sx={{ fontWeight: 600, whiteSpace: 'nowrap' }}>{at(name)}</Box>
          </Box>
        );
      })}
    </Box>
  );
}
