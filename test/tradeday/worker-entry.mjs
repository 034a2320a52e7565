// A worker thread does not inherit the TypeScript loader of its parent: it is registered here, then the terminal starts.
import { register } from 'tsx/esm/api';

register();
await import('./terminal-worker.ts');
