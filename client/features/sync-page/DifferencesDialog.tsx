import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import { useEffect, useState } from 'react';
import { COLLECTIONS, type CollectionName } from '../../../schemas/registry';
import { ConfirmDialog } from '../../dialogs/ConfirmDialog';
import { useWords } from '../../i18n/use-words';
import type { Differences, RepairCounts } from '../../services/proof-service';
import { useDesk } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { COLLECTION_WORDS } from './collection-words';
import { DifferenceList } from './DifferenceList';

type Step = 'searching' | 'found' | 'asking' | 'repairing';

const RESULT = ['received', 'toSend', 'removed', 'untouched', 'left'] as const;

/** The very documents that differ, and their repair: asked for in words, told in words. */
export function DifferencesDialog(props: { collection: CollectionName; onClose: () => void }) {
  const { collection } = props;
  const { proof } = useDesk();
  const { t } = useWords();
  const [step, setStep] = useState<Step>('searching');
  const [found, setFound] = useState<Differences | null>(null);
  const [repaired, setRepaired] = useState<RepairCounts | null>(null);
  const [error, setError] = useState<unknown>(null);

  useEffect(() => {
    proof
      .differences(collection)
      .then(setFound)
      .catch(setError)
      .finally(() => setStep('found'));
  }, [proof, collection]);

  const repair = (): void => {
    setStep('repairing');
    setError(null);
    proof
      .repair(collection)
      .then(setRepaired)
      .catch(setError)
      .finally(() => setStep('found'));
  };
  const busy = step === 'searching' || step === 'repairing';
  return (
    <Dialog open onClose={props.onClose} fullWidth aria-labelledby="differences-title">
      <DialogTitle id="differences-title">
        {t('proof.differences', { what: t(COLLECTION_WORDS[collection]) })}
      </DialogTitle>
      <DialogContent aria-live="polite" sx={{ minHeight: 160 }}>
        {busy && (
          <>
            {t(step === 'searching' ? 'proof.searching' : 'proof.repairing')}
            <LinearProgress sx={{ mt: 1 }} />
          </>
        )}
        <ErrorNotice error={error} />
        {!busy && repaired !== null && (
          <Alert severity="success">
            <strong>{t('proof.repaired')}.</strong>{' '}
            {RESULT.filter((name) => repaired[name] > 0)
              .map((name) => t(`proof.${name}`, { count: repaired[name] }))
              .join(' ')}
          </Alert>
        )}
        {!busy && repaired === null && found !== null && <DifferenceList differences={found} />}
      </DialogContent>
      <DialogActions sx={{ p: 2 }}>
        <Button
          key={repaired === null ? 'leave' : 'done'}
          autoFocus={repaired !== null}
          onClick={props.onClose}
        >
          {t('app.close')}
        </Button>
        {repaired === null && (
          <Button
            variant="contained"
            disabled={busy || found === null || found.documents.length === 0}
            onClick={() => setStep('asking')}
          >
            {t('proof.repair')}
          </Button>
        )}
      </DialogActions>
      {step === 'asking' && found !== null && (
        <ConfirmDialog
          question={question(found, collection, t)}
          onYes={repair}
          onNo={() => setStep('found')}
        />
      )}
    </Dialog>
  );
}

/** What a repair will do, kind by kind, and what it will not. */
function question(
  { documents }: Differences,
  collection: CollectionName,
  t: ReturnType<typeof useWords>['t'],
): string {
  const there = documents.filter(({ kind }) => kind === 'missingThere').length;
  const here = documents.length - there;
  const isOurs = COLLECTIONS[collection].direction === 'both';
  return [
    here > 0 ? t('proof.confirmReceive', { count: here }) : '',
    there > 0 ? t(isOurs ? 'proof.confirmSend' : 'proof.confirmRemove', { count: there }) : '',
    t('proof.confirm'),
  ]
    .filter((part) => part !== '')
    .join(' ');
}
