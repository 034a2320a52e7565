import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import Typography from '@mui/material/Typography';
import { mayContinue } from '../../shared/sync/flow-machine';
import type { Stage } from '../../shared/sync/units';
import { RunOutcome } from '../dialogs/RunOutcome';
import { RunProgress } from '../dialogs/RunProgress';
import { useWords } from '../i18n/use-words';
import { useDesk, useSelected, useSubject } from '../services/use-desk';
import { type AllFlow, STAGE_TITLES } from './SyncAllWizard';
import { STAGE_KINDS, stagePending } from './stage-pending';

/** One stage: how many are pending, "Sincronizar", the bar, its figures, and only then "Continuar". */
export function StageResult({ flow, stage }: { flow: AllFlow; stage: Stage }) {
  const { sync, status } = useDesk();
  const { t } = useWords();
  const run = useSubject(sync.run$);
  const pending = useSelected(status.status$, (value) => value.pending);
  const count = stagePending(stage, pending);
  const result = flow.results[stage];
  const ready = mayContinue(flow, count);
  return (
    <>
      <DialogContent sx={{ minHeight: 330 }}>
        <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 3, mb: 2 }}>
          <Box>
            <Typography variant="h6" component="h2">
              {t(STAGE_TITLES[stage])}
            </Typography>
            <Typography color="text.secondary">{t('sync.pendingOfStage')}</Typography>
          </Box>
          <Typography
            data-testid="stage-pending"
            sx={{
              fontSize: 56,
              fontWeight: 750,
              color: count === 0 ? 'success.main' : 'warning.main',
            }}
          >
            {count ?? t('app.unknown')}
          </Typography>
          <Box>
            {STAGE_KINDS[stage].length > 1 &&
              STAGE_KINDS[stage].map((kind) => (
                <Typography key={kind} color="text.secondary">
                  {t(`status.${kind}`)}: {pending[kind] ?? t('app.unknown')}
                </Typography>
              ))}
          </Box>
        </Box>
        {result !== undefined && !flow.running && <RunOutcome summary={result} />}
        {result === undefined && !flow.running && count === 0 && (
          <Alert severity="info">{t('sync.zeroPending')}</Alert>
        )}
        {result?.status === 'done' && !flow.running && (
          <Typography sx={{ mt: 2 }}>{t('sync.checkFigures')}</Typography>
        )}
        {flow.running && <Typography color="text.secondary">{t('sync.backgroundHint')}</Typography>}
      </DialogContent>
      {/* The bar has its place at the bottom of the window whether it is full or empty: nothing jumps. */}
      <Box sx={{ px: 3, minHeight: 56, visibility: flow.running ? 'visible' : 'hidden' }}>
        <RunProgress run={run} />
      </Box>
      <DialogActions sx={{ p: 2 }}>
        <Button onClick={() => sync.send({ type: 'dismiss' })}>{t('app.close')}</Button>
        {flow.running && <Button onClick={() => sync.cancel()}>{t('app.cancel')}</Button>}
        <Button
          variant={ready ? 'outlined' : 'contained'}
          autoFocus={!ready}
          disabled={flow.running}
          onClick={() => sync.send({ type: 'run' })}
        >
          {t('sync.synchronize')}
        </Button>
        <Button
          key={ready ? 'ready' : 'waiting'}
          variant={ready ? 'contained' : 'outlined'}
          autoFocus={ready}
          disabled={!ready}
          onClick={() => sync.send({ type: 'accept' })}
        >
          {t('app.continue')}
        </Button>
      </DialogActions>
    </>
  );
}
