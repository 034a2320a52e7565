import '@fontsource-variable/inter';
import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { composeDesk } from './app/compose';
import { offerUpdates } from './app/offer-updates';
import { en } from './i18n/en';
import { es } from './i18n/es';
import { startI18n, storedLanguage } from './i18n/i18n';

const root = document.getElementById('root');
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

async function start(element: HTMLElement): Promise<void> {
  await startI18n(storedLanguage());
  const cache = createCache({ key: 'm', nonce, prepend: true });
  const desk = await composeDesk();
  createRoot(element).render(
    <CacheProvider value={cache}>
      <App desk={desk} />
    </CacheProvider>,
  );
  offerUpdates();
}

if (root !== null) {
  const { app } = storedLanguage() === 'en' ? en : es;
  root.textContent = app.starting;
  start(root).catch((error: unknown) => {
    root.textContent = `${app.startFailed}. ${app.startFailedHelp}`;
    throw error;
  });
}
