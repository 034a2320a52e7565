import { type FuzzOptions, runHistories } from './run-histories';

/* For the test of determinism: prints the digests of the traces of some histories. */
const options = JSON.parse(process.argv[2] ?? '{}') as FuzzOptions;
console.log(JSON.stringify((await runHistories(options)).digests));
