import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

/** Packages that are published as ES modules only, which Jest's CommonJS runtime has to have translated. */
const esmOnly = [
  '@noble/curves',
  '@noble/hashes',
  '@noble/ciphers',
  'kysely',
  'cookie-es',
  'react-router',
  '@remix-run',
  'cookie',
  'i18next',
  'react-i18next',
  'light-my-request',
];

const common = {
  rootDir: root,
  transform: {
    '^.+\\.(t|j)sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
      },
    ],
    '^.+\\.mjs$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: {
    '\\.css$': '<rootDir>/test/empty-module.cjs',
    /* The router's framework mode, unused here, keeps a native import() that Jest's runtime cannot take. */
    '/routeModules\\.js$': '<rootDir>/test/empty-module.cjs',
    '^@fontsource.*$': '<rootDir>/test/empty-module.cjs',
  },
  cacheDirectory: path.join(root, 'node_modules', '.cache', 'jest'),
};

/**
 * Where server and terminals are all in Jest's processes: logins take a quarter of the time of many suites. A browser has the
 * real parameters, so its server needs them, too. What a real server stores is looked at in server/process.test.ts.
 */
const quick = {
  ...common,
  moduleNameMapper: {
    ...common.moduleNameMapper,
    '/access/argon2-parameters$': '<rootDir>/test/kit/quick-argon2-parameters.ts',
  },
};

/** @type {import('jest').Config} */
export default {
  rootDir: root,
  projects: [
    {
      ...quick,
      displayName: 'unit',
      testEnvironment: 'node',
      testMatch: [
        '<rootDir>/test/{unit,client,server,contract,tradeday,crash,attack,load,capacity,mutants}/**/*.test.ts',
      ],
    },
    {
      ...common,
      displayName: 'world',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/{world,scenarios}/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/histories-\\d\\.test\\.ts$'],
    },
    {
      /* By themselves: half as fast in workers that other suites have filled. */
      ...common,
      displayName: 'histories',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/world/fuzz/histories-*.test.ts'],
    },
    {
      /* The server's tests, and the terminal's that matter, once more over PostgreSQL; and what only it can show. */
      ...quick,
      displayName: 'postgres',
      testEnvironment: 'node',
      globals: { testDatabase: 'postgres' },
      globalSetup: '<rootDir>/test/kit/postgres-setup.ts',
      globalTeardown: '<rootDir>/test/kit/postgres-teardown.ts',
      setupFilesAfterEnv: ['<rootDir>/test/kit/postgres-patience.ts'],
      testMatch: [
        '<rootDir>/test/postgres/**/*.test.ts',
        '<rootDir>/test/server/{access,approvals,attacks,audit,digests,fleet,growth,import,import-whole,login-under-way,noticed,operation,poison}.test.ts',
        '<rootDir>/test/server/{push,requests,rescue,sessions,set-up,store-walls,stores,terminal-proof,users,verify}.test.ts',
        '<rootDir>/test/client/{attention,hand-over,sync}.test.ts',
      ],
    },
    {
      ...common,
      displayName: 'dom',
      testEnvironment: '<rootDir>/test/dom/environment.cjs',
      setupFilesAfterEnv: ['<rootDir>/test/dom/setup.ts'],
      testMatch: ['<rootDir>/test/dom/**/*.test.tsx'],
    },
    {
      ...common,
      displayName: 'e2e',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/{e2e,bench}/**/*.test.ts'],
    },
  ],
  testTimeout: 20_000,
  /* Every suite leaves some of its modules behind, and a worker that is full of them collects garbage all the time. */
  workerIdleMemoryLimit: '1.5GB',
};
