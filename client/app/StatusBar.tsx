import CheckCircle from '@mui/icons-material/CheckCircle';
import CloudDone from '@mui/icons-material/CloudDone';
import CloudOff from '@mui/icons-material/CloudOff';
import HourglassTop from '@mui/icons-material/HourglassTop';
import ReportProblem from '@mui/icons-material/ReportProblem';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import { Link } from 'react-router';
import type { Role } from '../../schemas/users';
import { may } from '../../shared/roles';
import { useWords } from '../i18n/use-words';
import { type DeskStatus, type PendingKind, totalPending } from '../services/status-service';
import { useDesk, useSubject } from '../services/use-desk';
import { ClockSkew } from './ClockSkew';
import { LastSyncs } from './LastSyncs';

const chip = { height: 36 } as const;

/**
 * Always on screen: connection, what is pending (unknown is never 0), last syncs, and what waits for a person.
 * `viewer` null: nobody is signed in, and nothing leads to a page.
 */
export function StatusBar({ viewer }: { viewer: Role | null }) {
  const { status } = useDesk();
  const state = useSubject(status.status$);
  const { t } = useWords();
  const isLinked = viewer !== null;
  return (
    <Box
      component="footer"
      aria-label={t('menu.sync')}
      sx={{
        display: 'flex',
        gap: 2,
        alignItems: 'center',
        justifyContent: 'space-between',
        minHeight: 56,
        px: 2,
        py: 0.75,
        borderTop: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
        displayPrint: 'none',
      }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', minWidth: 0 }}>
        <ConnectionChip connection={state.connection} />
        <PendingChips state={state} />
        <Attention isLinked={isLinked} label={t('status.conflicts')} count={state.openConflicts} />
        <Attention isLinked={isLinked} label={t('status.rejected')} count={state.rejected} />
        {viewer !== null && may(viewer, 'attendAlerts') && (
          <Attention isLinked label={t('status.alerts')} count={state.alerts} />
        )}
        <ClockSkew skewMs={state.clockSkew} />
      </Box>
      <LastSyncs lastSync={state.lastSync} />
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

function Attention(props: { label: string; count: number | null; isLinked: boolean }) {
  const { t } = useWords();
  if (props.count === 0) return null;
  return (
    <Chip
      sx={chip}
      color="error"
      icon={<ReportProblem />}
      label={`${props.label}: ${props.count ?? t('app.unknown')}`}
      {...(props.isLinked ? { clickable: true, component: Link, to: '/sincronizacion' } : {})}
    />
  );
}
