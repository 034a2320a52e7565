import { createTheme, type Theme } from '@mui/material/styles';

/**
 * Calm surfaces, one strong colour for what to do next, amber for what is pending, red only for what needs a person.
 * Targets are at least 44 px, text is read from a metre away, focus is always to be seen.
 */
export function makeTheme(mode: 'light' | 'dark'): Theme {
  const dark = mode === 'dark';
  return createTheme({
    palette: {
      mode,
      primary: { main: dark ? '#5cc4b4' : '#0f5c55', contrastText: dark ? '#06201d' : '#ffffff' },
      secondary: { main: dark ? '#f4b860' : '#8a5a00' },
      warning: { main: dark ? '#f4b860' : '#9a6300' },
      error: { main: dark ? '#ff8a80' : '#b3261e' },
      success: { main: dark ? '#7bd88f' : '#1b6e3c' },
      background: dark
        ? { default: '#10171a', paper: '#182226' }
        : { default: '#f3f5f4', paper: '#ffffff' },
    },
    shape: { borderRadius: 10 },
    typography: {
      fontFamily: '"Inter Variable", system-ui, sans-serif',
      fontSize: 15,
      h5: { fontWeight: 700 },
      h6: { fontWeight: 650 },
      button: { textTransform: 'none', fontWeight: 600 },
    },
    components: {
      MuiCssBaseline: {
        styleOverrides: {
          body: { fontVariantNumeric: 'tabular-nums' },
          /* A key, drawn as one: what can be done without the mouse is said where it is done. */
          kbd: {
            display: 'inline-block',
            minWidth: 30,
            paddingInline: 6,
            borderRadius: 6,
            border: `1px solid ${dark ? '#4a5a60' : '#b9c4c1'}`,
            borderBottomWidth: 2,
            backgroundColor: dark ? '#223036' : '#ffffff',
            font: 'inherit',
            fontSize: 13,
            fontWeight: 600,
            lineHeight: '22px',
            textAlign: 'center',
            whiteSpace: 'nowrap',
          },
          '*:focus-visible': {
            outline: `3px solid ${dark ? '#f4b860' : '#c77700'}`,
            outlineOffset: 2,
          },
        },
      },
      MuiButton: {
        defaultProps: { disableElevation: true },
        styleOverrides: { root: { minHeight: 44, paddingInline: 18 } },
      },
      MuiIconButton: { styleOverrides: { root: { minWidth: 44, minHeight: 44 } } },
      /* MUI lets menu items shrink on wide screens; a desk's screen is wide and its finger is not small. */
      MuiMenuItem: {
        styleOverrides: { root: { minHeight: 44, '@media (min-width:600px)': { minHeight: 44 } } },
      },
      /* At once: who works by keyboard types ahead. */
      MuiMenu: { defaultProps: { transitionDuration: 0 } },
      MuiInputBase: { styleOverrides: { input: { '&::placeholder': { opacity: 0.65 } } } },
      MuiOutlinedInput: {
        styleOverrides: {
          root: { backgroundColor: dark ? '#182226' : '#ffffff' },
        },
      },
      MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
      /* In the dark MUI lightens what lies on top, and fields would look like holes in it: a line does instead. */
      MuiPaper: {
        styleOverrides: {
          root: dark ? { backgroundImage: 'none' } : {},
          elevation: dark ? { border: '1px solid #35454b' } : {},
        },
      },
      MuiDialog: { defaultProps: { fullWidth: true, maxWidth: 'sm' } },
      MuiTableCell: {
        styleOverrides: {
          root: { paddingBlock: 8, fontSize: 16 },
          head: {
            fontSize: 14,
            fontWeight: 600,
            whiteSpace: 'nowrap',
            color: dark ? '#b6c2c6' : '#55615e',
          },
        },
      },
      MuiChip: { styleOverrides: { root: { fontSize: 15, fontWeight: 600 } } },
      MuiAlert: { styleOverrides: { root: { fontSize: 16 } } },
      MuiFormHelperText: { styleOverrides: { root: { fontSize: 14 } } },
      MuiLinearProgress: { styleOverrides: { root: { height: 10, borderRadius: 5 } } },
    },
  });
}
