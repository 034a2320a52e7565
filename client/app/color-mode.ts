export type ColorMode = 'light' | 'dark';

const KEY = 'colorMode';

/** What was chosen at this browser, or null: then the system's own mode holds. */
export function storedColorMode(): ColorMode | null {
  const stored = localStorage.getItem(KEY);
  return stored === 'dark' || stored === 'light' ? stored : null;
}

export const keepColorMode = (mode: ColorMode): void => localStorage.setItem(KEY, mode);
