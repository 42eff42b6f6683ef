const TRIES = 3;

/**
 * Milliseconds to wait before a read whose connection broke is tried again, after `failures` of them; undefined: no more. The
 * first try again is immediate: mostly the node had closed a kept connection just as it was used again (5 s idle, 100 requests,
 * a worker replaced; api-contract 1.4). Then about 0.2 s, spread by `random` (0 to 1) so that many do not come back together.
 */
export function retryDelayMs(failures: number, random: number): number | undefined {
  if (failures >= TRIES) return undefined;
  return failures === 1 ? 0 : 200 * 2 ** (failures - 2) * (0.5 + random);
}
