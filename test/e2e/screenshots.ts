import path from 'node:path';
import { type Look, pictureTaker } from './picture-taker';
import { tour } from './tour';

/*
 * npm run screenshots [-- FOLDER [--dark] [--large] [--english] [--all]]   every screen and state as a picture
 * npm run screenshots -- --readme                                          the README's own pictures, where it shows them
 */
const flags = new Set(process.argv.slice(2).filter((word) => word.startsWith('--')));
const [folder] = process.argv.slice(2).filter((word) => !word.startsWith('--'));

const readme = path.join(import.meta.dirname, 'pictures');
const SHOWN_IN_README = ['sale', 'stage-3', 'sync-page'];

const chosen: Look = {
  language: flags.has('--english') ? 'en' : 'es',
  dark: flags.has('--dark'),
  large: flags.has('--large'),
};
const every: Look[] = (['es', 'en'] as const).flatMap((language) =>
  [false, true].flatMap((dark) => [false, true].map((large) => ({ language, dark, large }))),
);

await tour(
  flags.has('--readme')
    ? pictureTaker({
        folder: readme,
        looks: [{ language: 'es', dark: false, large: false }],
        only: SHOWN_IN_README,
      })
    : pictureTaker({
        folder: path.resolve(folder ?? 'test/e2e/artifacts'),
        looks: flags.has('--all') ? every : [chosen],
      }),
);
