import { prng, seededId } from '../../server/demo/prng';

/** Seeded randomness of one part of a world; parts do not disturb each other's numbers. */
export interface Random {
  /** 0 up to 1, 1 excluded. */
  unit(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  id(): string;
  digits(length: number): string;
  bytes(length: number): Buffer;
}

/** FNV-1a of a text, 32 bits: turns a seed and a name into a seed of its own. */
const hash32 = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

export function createRandom(seed: number, name: string): Random {
  const unit = prng(hash32(`${seed}:${name}`));
  const between = (low: number, high: number): number =>
    low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    between,
    id: () => seededId(unit),
    digits: (length) => Array.from({ length }, () => String(between(0, 9))).join(''),
    bytes: (length) => Buffer.from(Array.from({ length }, () => between(0, 255))),
  };
}
