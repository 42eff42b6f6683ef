/** Random numbers from a seed: the same seed gives the same world. */
export type Random = {
  /** At least 0, below 1. */
  next(): number;
  /** Whole number, both ends included. */
  int(min: number, max: number): number;
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
  /** An independent stream, named so that a new use of randomness in one place moves nothing in another. */
  fork(label: string | number): Random;
  /** A number that starts the same stream again, kept instead of the text it makes. */
  seed: number;
};

/** mulberry32: small, fast, good enough for scenery. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    pick: (items) => {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new Error('pick from nothing');
      return item;
    },
    chance: (probability) => next() < probability,
    fork: (label) => randomFrom(hash(`${seed}/${label}`)),
    seed,
  };
}

/** FNV-1a, 32 bit. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
