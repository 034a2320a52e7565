/** The laboratory's server keeps its data in SQLite; nothing of PostgreSQL comes with it. */
class Pool {
  constructor() {
    throw new Error('no PostgreSQL here');
  }
}

export default { Pool, types: { builtins: { INT8: 20, NUMERIC: 1700 } } };
