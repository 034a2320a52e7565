import CheckCircle from '@mui/icons-material/CheckCircle';
import CloudDone from '@mui/icons-material/CloudDone';
import CloudOff from '@mui/icons-material/CloudOff';
import HourglassTop from '@mui/icons-material/HourglassTop';
import ReportProblem from '@mui/icons-material/ReportProblem';
import Sync from '@mui/icons-material/Sync';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Tooltip from '@mui/material/Tooltip';
import { Link } from 'react-router';
import { isRunning } from '../../shared/sync/run-machine';
import { useWords } from '../i18n/use-words';
import { type DeskStatus, type PendingKind, totalPending } from '../services/status-service';
import { useDesk, useSubject } from '../services/use-desk';

/** A clock that is this far off is said aloud. */
const SKEW_SHOWN_MS = 5 * 60_000;

const chip = { height: 36, fontSize: 16, fontWeight: 600, px: 0.5 } as const;

/** Always on screen: connection, what is pending (unknown is never 0), last sync, and what waits for a person. */
export function StatusBar() {
  const { status, sync } = useDesk();
  const state = useSubject(status.status$);
  const run = useSubject(sync.run$);
  const { t } = useWords();
  return (
    <Box
      component="footer"
      aria-label={t('menu.sync')}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        alignItems: 'center',
        px: 2,
        py: 0.75,
        borderTop: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
        displayPrint: 'none',
      }}
    >
      <ConnectionChip connection={state.connection} />
      <PendingChips state={state} />
      {isRunning(run) && (
        <Chip
          sx={chip}
          color="primary"
          icon={<Sync />}
          label={`${t('status.running', { unit: t(`status.${run.unit}`) })} · ${run.handled}`}
        />
      )}
      <Box sx={{ flex: 1 }} />
      {state.clockSkew !== null && Math.abs(state.clockSkew) > SKEW_SHOWN_MS && (
        <Chip
          sx={chip}
          color="warning"
          variant="outlined"
          icon={<ReportProblem />}
          label={t('status.skew', { minutes: Math.round(Math.abs(state.clockSkew) / 60_000) })}
        />
      )}
      <Attention label={t('status.conflicts')} count={state.openConflicts} />
      <Attention label={t('status.rejected')} count={state.rejected} />
      <LastSync state={state} />
    </Box>
  );
}

function ConnectionChip({ connection }: { connection: DeskStatus['connection'] }) {
  const { t } = useWords();
  const shown = {
    online: { color: 'success', icon: <CloudDone />, label: t('status.online') },
    offline: { color: 'warning', icon: <CloudOff />, label: t('status.offline') },
    checking: { color: 'default', icon: <HourglassTop />, label: t('status.checking') },
  } as const;
  return <Chip sx={chip} variant="outlined" {...shown[connection]} data-testid="connection" />;
}

function PendingChips({ state }: { state: DeskStatus }) {
  const { t } = useWords();
  const total = totalPending(state.pending);
  if (total === null) {
    return (
      <Chip sx={chip} color="warning" icon={<ReportProblem />} label={t('status.unknownPending')} />
    );
  }
  if (total === 0) {
    return (
      <Chip
        sx={chip}
        color="success"
        variant="outlined"
        icon={<CheckCircle />}
        label={t('status.nothingPending')}
        data-testid="pending"
      />
    );
  }
  const kinds = (Object.keys(state.pending) as PendingKind[]).filter(
    (kind) => state.pending[kind] !== 0,
  );
  const parts = kinds.map((kind) => `${t(`status.${kind}`)} ${state.pending[kind]}`);
  return (
    <Chip
      sx={chip}
      color="warning"
      icon={<HourglassTop />}
      label={`${t('status.pending')}: ${parts.join(' · ')}`}
      data-testid="pending"
    />
  );
}

function Attention({ label, count }: { label: string; count: number | null }) {
  const { t } = useWords();
  if (count === 0) return null;
  return (
    <Chip
      sx={chip}
      color="error"
      clickable
      component={Link}
      to="/sincronizacion"
      icon={<ReportProblem />}
      label={`${label}: ${count ?? t('app.unknown')}`}
    />
  );
}

const SHOWN_SYNCS = ['clients', 'products', 'users', 'invoices'] as const;

function LastSync({ state }: { state: DeskStatus }) {
  const { t, dateTime } = useWords();
  const at = (name: (typeof SHOWN_SYNCS)[number]): string => {
    const instant = state.lastSync[name];
    return instant === undefined
      ? t('app.unknown')
      : instant === null
        ? t('app.never')
        : dateTime(instant);
  };
  return (
    <Tooltip
      title={
        <Box sx={{ fontSize: 15 }}>
          {SHOWN_SYNCS.map((name) => (
            <div key={name}>
              {t(`status.${name}`)}: {at(name)}
            </div>
          ))}
        </Box>
      }
    >
      <Chip
        sx={chip}
        variant="outlined"
        clickable
        component={Link}
        to="/sincronizacion"
        label={`${t('status.lastSync')}: ${t('status.products')} ${at('products')}`}
      />
    </Tooltip>
  );
}
