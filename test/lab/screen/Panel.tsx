import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** A part of the stage that scrolls by itself. */
export function Panel({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <Paper
      variant="outlined"
      component="section"
      tabIndex={-1}
      sx={{ p: 1.5, minHeight: 0, minWidth: 0, overflow: 'auto' }}
    >
      {title !== undefined && <PanelTitle>{title}</PanelTitle>}
      {children}
    </Paper>
  );
}

export const PanelTitle = ({ children }: { children: ReactNode }) => (
  <Typography component="h2" sx={{ fontSize: 15, fontWeight: 650, mb: 0.75 }}>
    {children}
  </Typography>
);
