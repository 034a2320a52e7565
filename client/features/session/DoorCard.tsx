import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { FormEvent, ReactNode } from 'react';

/** The card of a screen before the desk: enrolment and login. */
export function DoorCard(props: {
  title: string;
  subtitle: string;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Paper
      component="form"
      onSubmit={submit}
      sx={{ p: 4, width: 'min(480px, 100%)' }}
      elevation={2}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 3 }}>
        <img src="/icons/icon.svg" alt="" width={52} height={52} />
        <Box>
          <Typography variant="h5" component="h1">
            {props.title}
          </Typography>
          <Typography color="textSecondary">{props.subtitle}</Typography>
        </Box>
      </Box>
      <Box sx={{ display: 'grid', gap: 2.5 }}>{props.children}</Box>
    </Paper>
  );
}
