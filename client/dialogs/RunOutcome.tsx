import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import type { CollectionName } from '../../schemas/registry';
import type { RunSummary } from '../../shared/sync/flow-machine';
import { UNIT_COLLECTIONS } from '../../shared/sync/units';
import { useWords } from '../i18n/use-words';
import { useDesk, useSubject } from '../services/use-desk';
import { RunEquality } from './RunEquality';
import { RunFigures } from './RunFigures';

/** How a run ended, in words: done with its figures, without a connection, failed, or cancelled. */
export function RunOutcome({ summary }: { summary: RunSummary }) {
  const { t, dateTime, errorWords } = useWords();
  const { lastSync, incomplete } = useSubject(useDesk().status.status$);
  const [first] = UNIT_COLLECTIONS[summary.unit];
  const last = first === undefined ? null : (lastSync[first] ?? null);
  const blocked = UNIT_COLLECTIONS[summary.unit].some((name: CollectionName) =>
    (incomplete ?? []).includes(name),
  );
  return (
    <Stack spacing={2} aria-live="polite">
      {summary.status === 'done' && <Alert severity="success">{t('sync.done')}</Alert>}
      {summary.status === 'cancelled' && <Alert severity="warning">{t('sync.cancelled')}</Alert>}
      {summary.status === 'failed' && summary.errorCode === 'NETWORK' && last !== null && (
        <Alert severity="warning">{t('sync.offlineData', { date: dateTime(last) })}</Alert>
      )}
      {summary.status === 'failed' && (summary.errorCode !== 'NETWORK' || last === null) && (
        <Alert severity="error">
          <strong>{errorWords(summary.errorCode ?? 'INTERNAL').title}.</strong>{' '}
          {errorWords(summary.errorCode ?? 'INTERNAL').safe}{' '}
          {errorWords(summary.errorCode ?? 'INTERNAL').action}
        </Alert>
      )}
      {blocked && summary.status !== 'done' && (
        <Alert severity="error">{t('sync.neverComplete')}</Alert>
      )}
      {summary.status !== 'failed' || summary.errorCode !== 'NETWORK' ? (
        <RunFigures summary={summary} />
      ) : null}
      {(summary.counts.conflicts > 0 || summary.counts.rejected > 0) && (
        <Alert severity="warning">{t('attention.more')}</Alert>
      )}
      {summary.status === 'done' && <RunEquality equality={summary.equality} />}
      {summary.pending !== null && summary.pending > 0 && (
        <Alert severity="warning">
          {t('sync.stillPending')}: {summary.pending}
        </Alert>
      )}
    </Stack>
  );
}
