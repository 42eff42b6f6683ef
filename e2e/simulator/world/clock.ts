/** Real time plus what a test has added, so that tickets can grow old without waiting. */
export class Clock {
  #aheadMs = 0;

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** Unix seconds, as Proxmox stamps everything. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  advance(seconds: number): void {
    this.#aheadMs += seconds * 1000;
  }
}
