import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import DialogTitle from '@mui/material/DialogTitle';
import Step from '@mui/material/Step';
import StepLabel from '@mui/material/StepLabel';
import Stepper from '@mui/material/Stepper';
import type { Flow } from '../../shared/sync/flow-machine';
import { ALL_STAGES } from '../../shared/sync/units';
import { useWords } from '../i18n/use-words';
import { useDesk } from '../services/use-desk';
import { StageResult } from './StageResult';
import { WizardEnd } from './WizardEnd';

export type AllFlow = Extract<Flow, { kind: 'all' }>;
export const STAGE_TITLES = {
  clients: 'sync.stageClients',
  products: 'sync.stageProducts',
  invoices: 'sync.stageInvoices',
} as const;

/** "Sincronizar Servidor (Todo)": three stages, then the word that all is saved. Closing it never stops a run. */
export function SyncAllWizard({ flow }: { flow: AllFlow }) {
  const { sync } = useDesk();
  const { t } = useWords();
  const stage = ALL_STAGES[flow.stage];
  return (
    <Dialog
      open
      maxWidth="md"
      onClose={() => sync.send({ type: 'dismiss' })}
      aria-labelledby="wizard-title"
    >
      <DialogTitle id="wizard-title">{t('menu.syncAll')}</DialogTitle>
      <Box sx={{ px: 3 }}>
        <Stepper activeStep={flow.stage}>
          {ALL_STAGES.map((name) => (
            <Step key={name}>
              <StepLabel>{t(STAGE_TITLES[name])}</StepLabel>
            </Step>
          ))}
        </Stepper>
      </Box>
      {stage === undefined ? (
        <WizardEnd thenLogout={flow.thenLogout} />
      ) : (
        <StageResult key={stage} flow={flow} stage={stage} />
      )}
    </Dialog>
  );
}
