import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/* No container engine runs where this is tested: what can be said of the files without one is said here. */

const root = path.join(__dirname, '..', '..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const dockerfile = read('.docker/Dockerfile').replaceAll('\\\n', ' ');
const lines = dockerfile.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
/** What the image holds of the repository. */
const copied = last
  .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
  .flatMap((line) => line.split(' ').slice(1, -1));

test('the image runs as nobody of importance, without the packages of development, and says whether it is ready', () => {
  expect(last.find((line) => line.startsWith('USER '))).toBe('USER node');
  expect(last.findIndex((line) => line.startsWith('USER '))).toBeLessThan(
    last.findIndex((line) => line.startsWith('CMD ')),
  );
  expect(last.some((line) => line.includes('npm ci --omit=dev'))).toBe(true);
  expect(last.find((line) => line.startsWith('HEALTHCHECK '))).toContain('/health/ready');
  const [, major] = /^FROM node:(\d+)-/m.exec(dockerfile) ?? [];
  expect(read('.nvmrc').trim()).toBe(major);
});

test('everything that is copied is there, and let through', () => {
  const through = read('.docker/Dockerfile.dockerignore').trim().split('\n');
  expect(through[0]).toBe('*');
  for (const line of lines.filter((one) => one.startsWith('COPY ') && !one.includes('--from'))) {
    for (const name of line.split(' ').slice(1, -1)) {
      expect([name, existsSync(path.join(root, name))]).toEqual([name, true]);
      expect(through).toContain(`!${name}`);
    }
  }
});

test('the image holds all that the server imports', () => {
  const { dependencies } = JSON.parse(read('package.json')) as {
    dependencies: Record<string, string>;
  };
  const missing = new Set<string>();
  for (const folder of copied.filter((name) => statSync(path.join(root, name)).isDirectory())) {
    for (const file of readdirSync(path.join(root, folder), {
      recursive: true,
      encoding: 'utf8',
    })) {
      if (!file.endsWith('.ts')) continue;
      const source = read(path.join(folder, file));
      for (const [, from = ''] of source.matchAll(/^(?!import type).*from '([^']+)'/gm)) {
        if (from.startsWith('node:')) continue;
        const inside = path.join(folder, path.dirname(file), from).split(path.sep)[0] ?? '';
        const name = from
          .split('/')
          .slice(0, from.startsWith('@') ? 2 : 1)
          .join('/');
        const isThere = from.startsWith('.') ? copied.includes(inside) : name in dependencies;
        if (!isThere) missing.add(`${folder}/${file}: ${from}`);
      }
    }
  }
  expect([...missing]).toEqual([]);
  const command = JSON.parse((last.at(-1) ?? '').replace('CMD ', '')) as string[];
  expect(command.slice(0, 3)).toEqual(['node', '--import', 'tsx']);
  expect(Object.keys(dependencies)).toContain('tsx');
  expect(existsSync(path.join(root, command[3] ?? 'none'))).toBe(true);
});

test('the compose file is whole: PostgreSQL first, no password in it, time to finish what is under way', () => {
  const compose = parse(read('.docker/compose.yaml')) as {
    services: Record<string, Record<string, unknown>>;
    volumes: Record<string, unknown>;
  };
  const { database, server } = compose.services;
  expect(Object.keys(compose.services)).toEqual(['database', 'server']);
  expect(database).toMatchObject({
    image: expect.stringMatching(/^postgres:\d+-/),
    environment: { POSTGRES_PASSWORD: expect.stringMatching(/^\$\{POSTGRES_PASSWORD:\?/) },
    healthcheck: { test: expect.arrayContaining(['pg_isready']) },
    volumes: [expect.stringMatching(/^database:/)],
  });
  expect(Object.keys(compose.volumes)).toEqual(['database']);
  const { context, dockerfile: file } = (server?.['build'] ?? {}) as Record<string, string>;
  expect(existsSync(path.join(root, '.docker', context ?? '', file ?? 'none'))).toBe(true);
  expect(server).toMatchObject({
    depends_on: { database: { condition: 'service_healthy' } },
    read_only: true,
    cap_drop: ['ALL'],
  });
  const { DATABASE_URL } = (server?.['environment'] ?? {}) as Record<string, string>;
  expect(DATABASE_URL).toMatch(
    /^postgres:\/\/mostrador:\$\{POSTGRES_PASSWORD:\?[^}]*\}@database:5432\/mostrador$/,
  );
});
