/** Parameters of argon2id: OWASP's second choice, 19 MiB and two passes; a login takes some 50 ms of one core. */
export const ARGON2_PARAMETERS = {
  parallelism: 1,
  iterations: 2,
  memorySize: 19 * 1024,
  hashLength: 32,
} as const;
