import { type PostgresCluster, startCluster } from './postgres-cluster';
import { CLUSTER_URL } from './test-database';

declare global {
  var testCluster: PostgresCluster | undefined;
}

/** Before the Jest project `postgres`: one cluster for all of its files, in which each test makes databases of its own. */
export default async function setUp(): Promise<void> {
  globalThis.testCluster = await startCluster();
  process.env[CLUSTER_URL] = globalThis.testCluster.url();
}
