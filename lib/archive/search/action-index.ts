import { type Kysely, sql } from 'kysely';
import type { Dictionaries } from '@/lib/archive/dictionaries';
import type { ArchiveSchema } from '@/lib/archive/schema';
import { anyOf, type Condition, idsOf } from './condition';

const SEPARATOR = ' '; // no UPID holds a blank

/**
 * The objects each label was ever seen with, so that conditions on a task's sentence run over them and not over every
 * task. Objects are few (guests, services, storages); a pair that no task has any more does no harm.
 */
export class ActionIndex {
  readonly #objects = new Map<number, Set<string>>();
  #loaded: Promise<void> | undefined;

  /** Reads what was there before this process, once; what is saved meanwhile is added by the one who saves it. */
  load(db: Kysely<ArchiveSchema>): Promise<void> {
    this.#loaded ??= db
      .selectFrom('task')
      .select(['label_id', 'object'])
      .distinct()
      .execute()
      .then((rows) => {
        for (const { label_id, object } of rows) this.add(label_id, object ?? '');
      })
      .catch((error) => {
        this.#loaded = undefined;
        throw error;
      });
    return this.#loaded;
  }

  add(labelId: number, object: string): void {
    const objects = this.#objects.get(labelId);
    if (objects) objects.add(object);
    else this.#objects.set(labelId, new Set([object]));
  }

  /** Tasks whose sentence fits; with `negate` all others. */
  resolve(dictionaries: Dictionaries, fits: (sentence: string) => boolean, negate: boolean): Condition {
    const whole = new Set<number>();
    const pairs: string[] = [];
    for (const { id, description } of dictionaries.label.entries) {
      const { around, bare } = description;
      const objects = this.#objects.get(id) ?? new Set();
      const fitting = [...objects].filter((object) =>
        fits(around && object !== '' ? around.prefix + object + around.suffix : bare),
      );
      // Every one that is known now is not every one that can come, but a list is as of now.
      if (fitting.length === objects.size) whole.add(id);
      else for (const object of fitting) pairs.push(`${id}${SEPARATOR}${object}`);
    }
    const labels = idsOf(dictionaries, 'label_id', (label) => whole.has(label.id));
    if (pairs.length === 0) return negate ? idsOf(dictionaries, 'label_id', (label) => !whole.has(label.id)) : labels;
    const list = sql`(select value from json_each(${JSON.stringify(pairs)}))`;
    const found = sql`(task.label_id || ${SEPARATOR} || task.object) in ${list}`;
    if (!negate) return anyOf([labels, { kind: 'sql', sql: found }]);
    return { kind: 'sql', sql: sql`not (${found} or ${idList(whole)})` };
  }
}

const idList = (ids: ReadonlySet<number>) => (ids.size === 0 ? sql`0` : sql`task.label_id in (${sql.join([...ids])})`);
