/** How often something has failed in a row, and when to try again (ms). */
export type BackOff = { readonly failures: number; readonly retryAt: number };

export const RESTED: BackOff = { failures: 0, retryAt: 0 };

const FIRST_MS = 10_000;
const LONGEST_MS = 180_000;

/** The state after one more failure at `now` (ms): waits 10 s, 20 s, 40 s … and never more than `longestMs`, 3 min. */
export const failed = (state: BackOff, now: number, longestMs = LONGEST_MS): BackOff => ({
  failures: state.failures + 1,
  retryAt: now + Math.min(FIRST_MS * 2 ** Math.min(state.failures, 20), longestMs),
});
