import { testHistories } from './ci-histories';

testHistories(60_000);
