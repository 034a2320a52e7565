import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { ThemeProvider } from '@mui/material/styles';
import { createRoot } from 'react-dom/client';
import { makeTheme } from '../../client/app/theme';
import type {
  LaboratoryLook,
  LaboratoryProgram,
} from '../../client/features/laboratory/laboratory-program';
import { Laboratory } from './screen/Laboratory';
import { en } from './words/en';
import { es } from './words/es';
import { LabWordsContext } from './words/use-lab-words';

/** The laboratory within an element of the desk, as a React tree and styles of its own. */
export const mountLaboratory: LaboratoryProgram['mountLaboratory'] = (
  element,
  { nonce, ...look },
) => {
  const root = createRoot(element);
  const cache = createCache({ key: 'lab', nonce });
  const show = ({ language, mode }: LaboratoryLook): void => {
    root.render(
      <CacheProvider value={cache}>
        <ThemeProvider theme={makeTheme(mode)}>
          <LabWordsContext.Provider value={language === 'en' ? en : es}>
            <Laboratory />
          </LabWordsContext.Provider>
        </ThemeProvider>
      </CacheProvider>,
    );
  };
  show(look);
  /* React does not take its tree down while the desk's own is being drawn. */
  return { show, close: () => queueMicrotask(() => root.unmount()) };
};
