/** Values of one statement; SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const CHUNK = 500;

/** The items in their order, in parts that one statement takes. */
export const chunks = <T>(items: readonly T[]): T[][] => {
  const result: T[][] = [];
  for (let i = 0; i < items.length; i += CHUNK) result.push(items.slice(i, i + CHUNK));
  return result;
};
