import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { smallPng } from './small-png';

/** How a screen is looked at. */
export interface Look {
  language: 'es' | 'en';
  dark: boolean;
  large: boolean;
}

export const SIZES = {
  small: { width: 1366, height: 768 },
  large: { width: 1920, height: 1080 },
} as const;

/** Takes a picture of what is on a page, in each look; `only` takes those screens and no others. */
export type Shoot = (page: Page, name: string) => Promise<void>;

/** Presses the page's own language button, also where a window lies over it. */
async function switchLanguage(page: Page, to: Look['language']): Promise<void> {
  await page.locator(`button[lang="${to}"]`).evaluate((button: HTMLElement) => button.click());
  await page.locator(`html[lang="${to}"]`).waitFor({ state: 'attached' });
}

const nameOf = ({ language, dark, large }: Look): string =>
  [language, dark ? 'dark' : 'light', large ? '1920' : '1366'].join('-');

/** One look goes straight into the folder; several get a folder each. */
export function pictureTaker(options: {
  folder: string;
  looks: readonly Look[];
  only?: readonly string[];
}): Shoot {
  const { folder, looks, only } = options;
  return async (page, name) => {
    if (only !== undefined && !only.includes(name)) return;
    for (const look of looks) {
      const into = looks.length === 1 ? folder : path.join(folder, nameOf(look));
      mkdirSync(into, { recursive: true });
      await page.emulateMedia({ colorScheme: look.dark ? 'dark' : 'light' });
      await page.setViewportSize(look.large ? SIZES.large : SIZES.small);
      if (look.language === 'en') await switchLanguage(page, 'en');
      await page.waitForTimeout(400);
      writeFileSync(path.join(into, `${name}.png`), smallPng(await page.screenshot()));
      if (look.language === 'en') await switchLanguage(page, 'es');
    }
  };
}
