import type { LeaseStore } from './archive';

/** Leases of a process that is the only one to use its database: kept in memory, for they end with it. */
export function ownLeases(now: () => number): LeaseStore {
  const leases = new Map<string, { holder: string; until: number; note: string | null }>();
  return {
    async acquireLease({ name, holder, ttlMs, note }) {
      const known = leases.get(name);
      if (known && known.holder !== holder && known.until > now()) return { held: false, note: known.note };
      leases.set(name, { holder, until: now() + ttlMs, note: note ?? known?.note ?? null });
      return { held: true };
    },
    async releaseLease(name, holder) {
      if (leases.get(name)?.holder === holder) leases.delete(name);
    },
  };
}
