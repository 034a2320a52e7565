/**
 * In place of `shared/access/argon2-parameters` within Jest's processes: as many passes as must be, over as little as may be. A
 * hash says what it was made with, so all that verifies is the real thing; programs that tests start have the real ones.
 */
export const ARGON2_PARAMETERS = { memorySize: 64, iterations: 1, parallelism: 1, hashLength: 32 };
