import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { errorsEn } from './errors-en';
import { errorsEs } from './errors-es';
import { es } from './es';

export type Language = 'es' | 'en';
const KEY = 'language';

/** Sets the words up: Spanish, unless this browser chose English before. */
export async function startI18n(stored: string | null): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: stored === 'en' ? 'en' : 'es',
    fallbackLng: 'es',
    resources: {
      es: { translation: { ...es, errors: errorsEs } },
      en: { translation: { ...en, errors: errorsEn } },
    },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = i18next.language;
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

export const storedLanguage = (): string | null => localStorage.getItem(KEY);
