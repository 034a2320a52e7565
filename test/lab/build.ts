import { build } from 'vite';
import { laboratory } from './vite-config';

/* Builds the laboratory beside the client, which is built first. */
await build(laboratory);
