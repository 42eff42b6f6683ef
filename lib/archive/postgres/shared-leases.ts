import { sql } from 'kysely';
import type { LeaseStore } from '@/lib/archive/archive';
import type { Engine } from '@/lib/archive/engine';
import { statementOf } from '@/lib/archive/statement';

/** Leases that instances take from each other, by the clock of the database. */
export const sharedLeases = (database: Engine): LeaseStore => ({
  async acquireLease({ name, holder, ttlMs, note }) {
    const until = sql`clock_timestamp() + cast(${ttlMs} as double precision) * interval '1 millisecond'`;
    const taken = await database.writeAlone(
      statementOf(sql`insert into lease (name, holder, until, note)
        values (${name}, ${holder}, ${until}, cast(${note ?? null} as text))
        on conflict (name) do update set holder = excluded.holder, until = excluded.until,
          note = coalesce(excluded.note, lease.note)
        where lease.holder = excluded.holder or lease.until < clock_timestamp()`),
    );
    if (taken === 1) return { held: true };
    const query = statementOf(sql`select note from lease where name = ${name}`);
    const [row] = await database.readRows<{ note: string | null }>(query);
    return { held: false, note: row?.note ?? null };
  },
  async releaseLease(name, holder) {
    // The note stays: whoever comes next may tell it until there is a newer one.
    await database.writeAlone(
      statementOf(sql`update lease set until = '-infinity' where name = ${name} and holder = ${holder}`),
    );
  },
});
