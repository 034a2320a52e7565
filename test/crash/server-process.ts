import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { DataPlace } from '../../server/store/open-database';
import { freePort } from '../kit/free-port';

/** The server as people start it (`npm start`), in a process of its own, over a data folder that outlives it. */
export interface ServerProcess {
  readonly url: string;
  readonly isRunning: boolean;
  /**
   * Starts it over the same data, or from now on over these, and waits until it says its address. Returns the one-time
   * codes that it prints.
   */
  start(moved?: DataPlace): Promise<string[]>;
  /** SIGKILL, at once: nothing is drained, nothing is closed. */
  kill(): Promise<void>;
}

/** How long a start may take on a busy machine. */
const START_MS = 60_000;

export async function serverProcess(root: string, first: DataPlace): Promise<ServerProcess> {
  let place = first;
  const port = await freePort();
  let child: ChildProcess | null = null;

  const kill = async (): Promise<void> => {
    const running = child;
    /* Before the signal: who asks whether it is running must not take the next request for one that is answered. */
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, 'exit');
    running.kill('SIGKILL');
    await exited;
  };

  const start = (moved?: DataPlace): Promise<string[]> => {
    place = moved ?? place;
    const { dataDir, databaseUrl } = place;
    const started = spawn(
      process.execPath,
      ['--import', 'tsx', path.join(root, 'server', 'main.ts')],
      {
        cwd: root,
        env: {
          ...process.env,
          PORT: String(port),
          DATA_DIR: dataDir,
          DATABASE_URL: databaseUrl ?? '',
          LOG_LEVEL: 'fatal',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    child = started;
    let printed = '';
    return new Promise<string[]>((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`the server ${why}:\n${printed}`));
      const limit = setTimeout(() => fail('did not start in time'), START_MS);
      const read = (part: Buffer): void => {
        printed += part.toString();
        const codes = [...printed.matchAll(/\?codigo=(\S+)\s/g)].map((match) => match[1] ?? '');
        if (codes.length < 2) return;
        clearTimeout(limit);
        resolve(codes);
      };
      started.stdout?.on('data', read);
      started.stderr?.on('data', read);
      started.once('exit', () => {
        clearTimeout(limit);
        fail('ended before it was ready');
      });
    });
  };

  return {
    url: `http://127.0.0.1:${port}`,
    get isRunning() {
      return child !== null && child.exitCode === null && child.signalCode === null;
    },
    start,
    kill,
  };
}
