type Listener = () => void;

/** A browser whose clock is further off than this is corrected by the server's, so that no age is wrong by hours. */
const TOLERATED_MS = 10_000;

const listeners = new Set<Listener>();
let timer: ReturnType<typeof setInterval> | undefined;
let offsetMs = 0;
let tick = 0;

/** Tells the clock what time the server had when it made the page. */
export function setServerTime(serverNow: number): void {
  const off = serverNow - Date.now();
  offsetMs = Math.abs(off) > TOLERATED_MS ? off : 0;
}

/** Now, in milliseconds, moving once a second: all that a page shows of time comes from one timer. */
export const clockNow = (): number => (listeners.size > 0 ? tick : Date.now() + offsetMs);

/** Calls the listener each second until the returned function is called; the first listener starts the timer. */
export function subscribeClock(listener: Listener): () => void {
  if (listeners.size === 0) {
    tick = Date.now() + offsetMs;
    timer = setInterval(() => {
      tick = Date.now() + offsetMs;
      for (const one of [...listeners]) one();
    }, 1000);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}
