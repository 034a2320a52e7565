import { testHistories } from './ci-histories';

testHistories(50_000);
