import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import Typography from '@mui/material/Typography';
import { mayContinue } from '../../shared/sync/flow-machine';
import type { Stage } from '../../shared/sync/units';
import { RunOutcome } from '../dialogs/RunOutcome';
import { useWords } from '../i18n/use-words';
import { useDesk, useSelected } from '../services/use-desk';
import { StageBar } from './StageBar';
import { type AllFlow, STAGE_TITLES } from './SyncAllWizard';
import { STAGE_KINDS, stagePending } from './stage-pending';

/** One stage: how many are pending, "Sincronizar", the bar, its figures, and only then "Continuar". */
export function StageResult({ flow, stage }: { flow: AllFlow; stage: Stage }) {
  const { sync, status } = useDesk();
  const { t } = useWords();
  const pending = useSelected(status.status$, (value) => value.pending);
  const count = stagePending(stage, pending);
  const result = flow.results[stage];
  const ready = mayContinue(flow, count);
  const isUntouched = result === undefined && !flow.running;
  return (
    <>
      <DialogContent sx={{ minHeight: 340 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 3, mb: 2 }}>
          <Typography
            data-testid="stage-pending"
            sx={{
              minWidth: 72,
              fontSize: count === null ? 24 : 60,
              fontWeight: 750,
              lineHeight: 1.1,
              textAlign: 'center',
              color: count === 0 ? 'success.main' : 'warning.main',
            }}
          >
            {count ?? t('app.unknown')}
          </Typography>
          <Box>
            <Typography variant="h6" component="h2">
              {t(STAGE_TITLES[stage])}
            </Typography>
            <Typography color="textSecondary">{t('sync.pendingOfStage')}</Typography>
            {STAGE_KINDS[stage].length > 1 && (
              <Typography color="textSecondary">
                {STAGE_KINDS[stage]
                  .map((kind) => `${t(`status.${kind}`)}: ${pending[kind] ?? t('app.unknown')}`)
                  .join(' · ')}
              </Typography>
            )}
          </Box>
        </Box>
        {result !== undefined && !flow.running && <RunOutcome summary={result} />}
        {isUntouched && (
          <Alert severity={count === 0 ? 'success' : 'info'}>
            {t(count === 0 ? 'sync.zeroPending' : 'sync.stageHelp')}
          </Alert>
        )}
        {result?.status === 'done' && !flow.running && (
          <Typography sx={{ mt: 2 }}>{t('sync.checkFigures')}</Typography>
        )}
        {flow.running && <Typography color="textSecondary">{t('sync.backgroundHint')}</Typography>}
      </DialogContent>
      <StageBar isRunning={flow.running} result={result} />
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
