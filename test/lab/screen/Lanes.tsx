import Dns from '@mui/icons-material/Dns';
import PointOfSale from '@mui/icons-material/PointOfSale';
import PowerSettingsNew from '@mui/icons-material/PowerSettingsNew';
import Wifi from '@mui/icons-material/Wifi';
import WifiOff from '@mui/icons-material/WifiOff';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { type Documents, type ServerMoment, SHOWN, type TerminalMoment } from '../run/moment';
import { spanText } from '../run/span-text';
import { useLabWords } from '../words/use-lab-words';
import { DocumentGroups } from './DocumentGroups';

interface LaneProps<T> {
  now: T;
  before: T | undefined;
  /** What the server held when the scenario began. */
  first: Documents | undefined;
  /** Virtual time, ms. */
  time: number;
}

const ZONE = 'America/Costa_Rica';

/** A terminal as its disk has it. */
export function TerminalLane({ now, before, first, time }: LaneProps<TerminalMoment>) {
  const words = useLabWords();
  const open = now.conflicts.filter(({ status }) => status === 'open').length;
  const pending = SHOWN.map((name) => ({
    name,
    count: now.documents[name].filter((document) => document['pending'] === 1).length,
  })).filter(({ count }) => count > 0);
  return (
    <Lane
      name={now.name}
      icon={<PointOfSale fontSize="small" />}
      state={now.isUp ? (now.isOnline ? 'online' : 'offline') : 'down'}
      about={now.user ?? words.nobody}
      time={time + now.skewMs}
      skewMs={now.skewMs}
    >
      <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', mb: 1 }}>
        {pending.length === 0 && (
          <Chip size="small" variant="outlined" label={words.nothingPending} sx={small} />
        )}
        {pending.map(({ name, count }) => (
          <Chip
            key={name}
            size="small"
            color="warning"
            label={`${words.collections[name]} ${count}`}
            sx={small}
          />
        ))}
        {open > 0 && (
          <Chip size="small" color="error" label={words.openConflicts(open)} sx={small} />
        )}
      </Box>
      <DocumentGroups now={now.documents} before={before?.documents} first={first} />
      {now.rejected.length > 0 && (
        <Box sx={{ mt: 1 }}>
          <Typography sx={{ fontSize: 13, fontWeight: 650, color: 'error.main' }}>
            {words.rejectedTitle}
          </Typography>
          {now.rejected.map((record) => (
            <Typography key={record.id} sx={{ fontSize: 14, overflowWrap: 'anywhere' }}>
              {String(record['title'])}: <strong>{String(record['code'])}</strong>
            </Typography>
          ))}
        </Box>
      )}
    </Lane>
  );
}

export function ServerLane({ now, before, first, time }: LaneProps<ServerMoment>) {
  const words = useLabWords();
  return (
    <Lane
      name={words.server}
      icon={<Dns fontSize="small" />}
      state={now.isUp ? 'up' : 'down'}
      about=""
      time={time}
      skewMs={0}
      isServer
    >
      <DocumentGroups now={now.documents} before={before?.documents} first={first} />
    </Lane>
  );
}

const small = { fontSize: 13, height: 24 } as const;

const STATES = {
  online: { icon: <Wifi fontSize="small" />, color: 'success.main' },
  up: { icon: <PowerSettingsNew fontSize="small" />, color: 'success.main' },
  offline: { icon: <WifiOff fontSize="small" />, color: 'warning.main' },
  down: { icon: <PowerSettingsNew fontSize="small" />, color: 'error.main' },
} as const;

function Lane(props: {
  name: string;
  icon: ReactNode;
  state: keyof typeof STATES;
  about: string;
  time: number;
  skewMs: number;
  isServer?: boolean;
  children: ReactNode;
}) {
  const words = useLabWords();
  const { icon, color } = STATES[props.state];
  const clock = new Intl.DateTimeFormat(words.locale, {
    timeZone: ZONE,
    timeStyle: 'medium',
    hourCycle: 'h23',
    ...(Math.abs(props.skewMs) >= 43_200_000 && { dateStyle: 'short' as const }),
  }).format(props.time);
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-label={props.name}
      sx={{
        flex: '1 1 0',
        minWidth: 218,
        maxWidth: 460,
        display: 'flex',
        flexDirection: 'column',
        ...(props.isServer === true && { borderWidth: 2, borderColor: 'primary.main' }),
      }}
    >
      <Box sx={{ px: 1.5, pt: 1, pb: 0.75, borderBottom: 1, borderColor: 'divider' }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75 }}>
          {props.icon}
          <Typography component="h2" sx={{ fontWeight: 700, flex: 1 }}>
            {props.name}
          </Typography>
          <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'center', color, fontSize: 13.5 }}>
            {icon}
            <strong>{words[props.state]}</strong>
          </Box>
        </Box>
        <Box sx={{ display: 'flex', fontSize: 13.5, color: 'text.secondary', gap: 1 }}>
          <span>{props.about}</span>
          <Box component="span" sx={{ ml: 'auto' }}>
            {clock}
          </Box>
        </Box>
        {props.skewMs !== 0 && (
          <Typography sx={{ fontSize: 13, fontWeight: 600, color: 'warning.main' }}>
            {words.clock}:{' '}
            {words.clockOff(spanText(Math.abs(props.skewMs), words), props.skewMs > 0)}
          </Typography>
        )}
      </Box>
      <Box tabIndex={-1} sx={{ p: 1.5, pt: 1, overflow: 'auto', minHeight: 0 }}>
        {props.children}
      </Box>
    </Paper>
  );
}
