import { createTheme, ThemeProvider } from '@mui/material/styles';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { makeTheme } from '../../client/app/theme';
import { startI18n } from '../../client/i18n/i18n';
import type { Desk } from '../../client/services/desk';
import { DeskContext } from '../../client/services/use-desk';

/* Ripples are timers that outlive a test. */
const theme = createTheme(makeTheme('light'), {
  components: { MuiButtonBase: { defaultProps: { disableRipple: true } } },
});

/** Draws a part of the interface in Spanish around a desk. */
export async function renderDesk(desk: Desk, part: ReactNode) {
  await startI18n(null);
  return render(
    <DeskContext.Provider value={desk}>
      <ThemeProvider theme={theme}>
        <MemoryRouter>{part}</MemoryRouter>
      </ThemeProvider>
    </DeskContext.Provider>,
  );
}
