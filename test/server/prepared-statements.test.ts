import { preparedStatements } from '../../server/store/sqlite/prepared-statements';

const prepared = () => {
  const asked: string[] = [];
  const prepare = preparedStatements((sql) => {
    asked.push(sql);
    return { sql } as never;
  });
  return { asked, prepare };
};

test('a statement is prepared once, and again after the database was closed', () => {
  const { asked, prepare } = prepared();
  expect(prepare('select 1')).toBe(prepare('select 1'));
  prepare('select 2');
  expect(asked).toEqual(['select 1', 'select 2']);
  prepare.forget();
  prepare('select 1');
  expect(asked).toHaveLength(3);
});

test('memory is bounded: very long statements are not kept, and of many those in use stay', () => {
  const { asked, prepare } = prepared();
  const long = `select ${'?,'.repeat(1000)}?`;
  prepare(long);
  prepare(long);
  expect(asked).toHaveLength(2);
  asked.length = 0;
  prepare('used');
  for (let i = 0; i < 2000; i++) {
    prepare(`select ${i}`);
    prepare('used');
  }
  prepare('select 1');
  expect(asked.filter((sql) => sql === 'used')).toHaveLength(1);
  expect(asked.filter((sql) => sql === 'select 1')).toHaveLength(2);
});
