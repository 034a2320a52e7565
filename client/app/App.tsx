import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { Component, type ReactNode, useMemo, useState } from 'react';
import { BrowserRouter } from 'react-router';
import FirstDoor from '../features/session/FirstDoor';
import LoginScreen from '../features/session/LoginScreen';
import { useWords } from '../i18n/use-words';
import type { Desk } from '../services/desk';
import { DeskContext, useDesk, useSubject } from '../services/use-desk';
import type { AppearanceProps } from './Appearance';
import { type ColorMode, keepColorMode, storedColorMode } from './color-mode';
import { DoorFrame } from './DoorFrame';
import { Shell } from './Shell';
import { makeTheme } from './theme';

/** The desk of this tab, from its theme to its screens. */
export function App({ desk }: { desk: Desk }) {
  const prefersDark = useMediaQuery('(prefers-color-scheme: dark)');
  const [chosen, setChosen] = useState<ColorMode | null>(storedColorMode);
  const mode = chosen ?? (prefersDark ? 'dark' : 'light');
  const theme = useMemo(() => makeTheme(mode), [mode]);
  const choose = (next: ColorMode): void => {
    keepColorMode(next);
    setChosen(next);
  };
  return (
    <DeskContext.Provider value={desk}>
      <ThemeProvider theme={theme}>
        <CssBaseline />
        <ErrorBoundary>
          <BrowserRouter>
            <Door mode={mode} onMode={choose} />
          </BrowserRouter>
        </ErrorBoundary>
      </ThemeProvider>
    </DeskContext.Provider>
  );
}

/** Which door is open: enrolment, login, or the desk. */
function Door(appearance: AppearanceProps) {
  const state = useSubject(useDesk().session.state$);
  switch (state.kind) {
    case 'starting':
      return null;
    case 'unenrolled':
      return (
        <DoorFrame {...appearance}>
          <FirstDoor />
        </DoorFrame>
      );
    case 'signedOut':
      return (
        <DoorFrame {...appearance} isTerminal>
          <LoginScreen store={state.store} terminal={state.terminal} />
        </DoorFrame>
      );
    case 'signedIn':
      return <Shell session={state} {...appearance} />;
  }
}

function Crashed() {
  const { t } = useWords();
  return (
    <Alert
      severity="error"
      sx={{ m: 4, fontSize: 18 }}
      action={<Button onClick={() => window.location.reload()}>{t('app.reload')}</Button>}
    >
      <strong>{t('app.crashed')}.</strong> {t('app.crashedHelp')}
    </Alert>
  );
}

/** A screen that fails must not look like lost data. */
class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Crashed /> : this.props.children;
  }
}
