import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { Appearance, type AppearanceProps } from './Appearance';
import { StatusBar } from './StatusBar';

/** Around enrolment and login: language and colours, and, at a terminal, the same status as at the desk. */
export function DoorFrame(props: AppearanceProps & { isTerminal?: boolean; children: ReactNode }) {
  return (
    <Box sx={{ minHeight: '100vh', display: 'flex', flexDirection: 'column' }}>
      <Box sx={{ display: 'flex', justifyContent: 'flex-end', gap: 0.5, p: 1 }}>
        <Appearance mode={props.mode} onMode={props.onMode} />
      </Box>
      <Box component="main" sx={{ flex: 1, display: 'grid', placeItems: 'center', p: 2 }}>
        {props.children}
      </Box>
      {props.isTerminal === true && <StatusBar viewer={null} />}
    </Box>
  );
}
