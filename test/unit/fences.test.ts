import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');
/* A tree of its own with the real configuration: a file that breaks a fence never stands in the repository. */
const tree = mkdtempSync(path.join(tmpdir(), 'mostrador-fences-'));

beforeAll(() => {
  cpSync(path.join(root, 'biome.json'), path.join(tree, 'biome.json'));
  mkdirSync(path.join(tree, '.ci'));
  cpSync(path.join(root, '.ci', 'purity.grit'), path.join(tree, '.ci', 'purity.grit'));
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** What the linter says of a text that stands in that file. */
function lint(file: string, text: string): string {
  const target = path.join(tree, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  const result = spawnSync(
    path.join(root, 'node_modules', '.bin', 'biome'),
    ['lint', '--vcs-enabled=false', file],
    { cwd: tree, encoding: 'utf8' },
  );
  return `${result.stdout}${result.stderr}`.replaceAll(/\s+/g, ' ');
}

/** Each fence of the architecture, a line that breaks it, and a word of why. */
const FENCES = [
  ['schemas/x.ts', "import { x } from '../shared/x';", 'bottom'],
  ['shared/x.ts', "import { x } from '../client/x';", 'pure'],
  ['client/db/x.ts', "import { x } from '../../server/x';", 'protocol only'],
  ['client/features/sale/X.tsx', "import { x } from '../../sync/run-driver';", 'client/services'],
  ['client/features/sale/X.tsx', "import { x } from '../../trace/recorder';", 'client/services'],
  ['server/http/x.ts', "import { sql } from 'kysely';", 'server/store'],
  ['test/world/oracle/x.ts', "import { x } from '../../../shared/x';", 'The oracle'],
  ['test/lab/screen/x.ts', "import { x } from '../../../client/db/database';", 'worlds of its own'],
  [
    'client/features/laboratory/x.ts',
    "import { x } from '../../../test/lab/x';",
    'client/services',
  ],
  ['shared/x.ts', 'export const x = Date.now();', 'clock'],
  ['shared/x.ts', 'export const x = Math.random();', 'Randomness'],
] as const;

test.each(FENCES)('%s: %s is refused', (file, text, why) => {
  expect(lint(file, `${text}\nexport const y = x;\n`)).toContain(why);
});
