import DarkMode from '@mui/icons-material/DarkMode';
import LightMode from '@mui/icons-material/LightMode';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { chooseLanguage } from '../i18n/i18n';
import { useWords } from '../i18n/use-words';
import type { ColorMode } from './color-mode';

export interface AppearanceProps {
  mode: ColorMode;
  onMode: (mode: ColorMode) => void;
}

/** Language and light or dark: at the door and at the desk alike. */
export function Appearance({ mode, onMode }: AppearanceProps) {
  const { t, language } = useWords();
  return (
    <>
      <Button
        color="inherit"
        lang={language === 'en' ? 'es' : 'en'}
        onClick={() => chooseLanguage(language === 'en' ? 'es' : 'en')}
      >
        {t('app.language')}
      </Button>
      <IconButton
        color="inherit"
        aria-label={mode === 'dark' ? t('app.lightMode') : t('app.darkMode')}
        onClick={() => onMode(mode === 'dark' ? 'light' : 'dark')}
      >
        {mode === 'dark' ? <LightMode /> : <DarkMode />}
      </IconButton>
    </>
  );
}
