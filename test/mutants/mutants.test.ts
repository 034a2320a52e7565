import path from 'node:path';
import { patched } from './apply-mutant';
import { MUTANTS } from './mutants';

const root = path.join(__dirname, '..', '..');

test.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
  'the patch of %s still fits',
  (_name, mutant) => {
    expect(patched(root, mutant).size).toBeGreaterThan(0);
  },
);

test('a patch that no longer fits is an error', () => {
  const patches = [{ file: 'package.json', search: 'nowhere to be found', replace: '' }];
  expect(() => patched(root, { name: 'x', defect: '', patches })).toThrow(
    'x: its patch fits 0 places in package.json',
  );
});
