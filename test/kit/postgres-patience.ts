/* Each test makes a database of its own, and one disk takes them all: on a busy machine that is slow, not wrong. */
jest.setTimeout(60_000);
