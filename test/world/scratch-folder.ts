import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Where worlds keep their databases: in memory where the machine has such a folder, for they sync every commit. */
export const scratchFolder = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
