export type CallCount = { cluster: string; entry: string; node: string; call: string; who: string; count: number };

/** Counts requests by cluster, entry node, owning node, call and caller; tests ask it what a feature costs Proxmox. */
export class Stats {
  #counts = new Map<string, CallCount>();
  #flying = new Map<string, number>();
  #most = new Map<string, number>();

  count(call: Omit<CallCount, 'count'>): void {
    const key = JSON.stringify(call);
    const known = this.#counts.get(key);
    if (known) known.count += 1;
    else this.#counts.set(key, { ...call, count: 1 });
  }

  /** Call when a request begins; the answer ends it. */
  fly(node: string): () => void {
    const now = (this.#flying.get(node) ?? 0) + 1;
    this.#flying.set(node, now);
    this.#most.set(node, Math.max(now, this.#most.get(node) ?? 0));
    return () => this.#flying.set(node, (this.#flying.get(node) ?? 1) - 1);
  }

  report(): { total: number; mostInFlight: Record<string, number>; calls: CallCount[] } {
    const calls = [...this.#counts.values()];
    return {
      total: calls.reduce((sum, { count }) => sum + count, 0),
      mostInFlight: Object.fromEntries(this.#most),
      calls,
    };
  }

  reset(): void {
    this.#counts.clear();
    this.#most.clear();
  }
}
