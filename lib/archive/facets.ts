import { sql } from 'kysely';
import type { CountedField } from '@/lib/domain/search/fields';
import { fits, fold } from '@/lib/domain/search/match';
import { familyOf } from '@/lib/domain/task-type';
import type { ValueCount, ValuesRequest } from './archive';
import type { Core } from './core';
import type { TaskIndex } from './dialect';
import { type Guard, guardOf } from './guard';
import { RESULT_CODES, STATE_CODES } from './schema';
import { choosePath, type Path } from './search/access-path';
import { type CompiledSearch, type GroupRow, groupQuery } from './search/compile-search';
import { allOf, type Condition, codesOf, type IdColumn, idsOf, TRUE } from './search/condition';
import { resolve } from './search/resolve';
import { countedBy, mentionsObject } from './search-tasks';
import { statementOf } from './statement';
import { assertCurrent } from './to-task';

const COUNTED_BY_ROWS = 20_000; // about twenty milliseconds for six fields
const COUNTED_IN_INDEX = 200_000; // about the same for one, where no row must be looked up

/** How many tasks have a key of a column, and whether all of them were met. */
type Keys = { counts: ReadonlyMap<number, number>; exact: boolean };
type Column = IdColumn | 'state' | 'result';

/** Values in the tasks that fit and that the viewer may see, most frequent first; see the port. */
export async function countValues(
  core: Core,
  { viewer, query, fields, prefix = '', limit, now }: ValuesRequest,
): Promise<Map<CountedField, ValueCount[]>> {
  if (mentionsObject(query)) await core.objects.load(core.database.reads);
  const guard = guardOf(core.dictionaries, viewer);
  const { dialect } = core.database;
  const asked = resolve({ dictionaries: core.dictionaries, objects: core.objects, guard, now, dialect }, query);
  const begins = beginsAs(prefix);
  const answers = new Map<CountedField, ValueCount[]>();
  const byWanted = new Map<Condition, CountedField[]>();
  for (const field of fields) {
    const wanted = prefix === '' ? asked : allOf([asked, havingPrefix(core, guard, field, begins)]);
    byWanted.set(wanted, [...(byWanted.get(wanted) ?? []), field]);
  }
  for (const [wanted, together] of byWanted) {
    const columns = [...new Set(together.map((field) => COLUMN[field]))];
    const keys = await countKeys(core, guard, wanted, columns);
    await assertCurrent(core, guard);
    for (const field of together) {
      const found = keys.get(COLUMN[field]);
      if (found)
        answers.set(
          field,
          byValue(core, guard, field, found)
            .filter(({ value }) => begins(value))
            .slice(0, limit),
        );
    }
  }
  return answers;
}

/** As typed, case ignored; a `*` stands for anything. */
function beginsAs(prefix: string): (value: string) => boolean {
  const pattern = { anchored: true, pieces: [...prefix.split('*').map(fold), ''] };
  return (value) => fits(pattern, value);
}

const COLUMN = {
  ...{ state: 'state', result: 'result', family: 'label_id', label: 'label_id', node: 'node_id', cluster: 'node_id' },
  ...{ user: 'actor_id', realm: 'actor_id', token: 'actor_id', tag: 'guest_id', pool: 'guest_id', guest: 'guest_id' },
  exitstatus: 'exit_id',
} as const satisfies Record<CountedField, Column>;

/** What an entry of the column's dictionary gives a field; none of a guest that the viewer may not see (product rule 2). */
function valuesOf({ dictionaries }: Core, guard: Guard, field: CountedField, key: number): readonly string[] {
  const one = (text: string | null | undefined): string[] => (text ? [text] : []);
  switch (field) {
    case 'state':
      return one(STATE_CODES[key]);
    case 'result':
      return one(RESULT_CODES[key]);
    case 'label':
      return one(dictionaries.label.get(key)?.label);
    case 'family':
      return one(familyOf(dictionaries.label.get(key)?.label ?? ''));
    case 'node':
      return one(dictionaries.node.get(key)?.name);
    case 'cluster':
      return one(dictionaries.node.get(key)?.cluster);
    case 'user':
    case 'realm':
    case 'token':
      return one(dictionaries.actor.get(key)?.[field]);
    case 'exitstatus':
      return one(dictionaries.exit.get(key)?.text);
    case 'tag':
    case 'pool':
    case 'guest': {
      const guest = dictionaries.guest.get(key);
      if (!guest || !guard.seesGuest(guest)) return [];
      if (field === 'tag') return [...new Set(guest.tags)].filter((tag) => tag !== '');
      return one(field === 'pool' ? guest.pool : guest.name);
    }
  }
}

/** Tasks that have a value which begins so: an index of them makes a rare value quick to find. */
function havingPrefix(core: Core, guard: Guard, field: CountedField, begins: (value: string) => boolean): Condition {
  const column = COLUMN[field];
  if (column === 'state' || column === 'result') return TRUE;
  return idsOf(core.dictionaries, column, ({ id }) => valuesOf(core, guard, field, id).some(begins));
}

function byValue(core: Core, guard: Guard, field: CountedField, { counts, exact }: Keys): ValueCount[] {
  const sums = new Map<string, number>();
  for (const [key, count] of counts) {
    if (count === 0) continue;
    for (const value of valuesOf(core, guard, field, key)) sums.set(value, (sums.get(value) ?? 0) + count);
  }
  const values = [...sums].map(([value, count]): ValueCount => ({ value, count, exact }));
  return values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Counts by each column: from the counters where they know, else in one reading of the tasks that fit. */
async function countKeys(
  core: Core,
  guard: Guard,
  wanted: Condition,
  columns: readonly Column[],
): Promise<Map<Column, Keys>> {
  const condition = allOf([guard.condition, wanted]);
  const found = new Map<Column, Keys>();
  const left: Column[] = [];
  for (const column of columns) {
    const keys = condition.kind === 'false' ? NOTHING : await known(core, condition, column);
    if (keys) found.set(column, keys);
    else left.push(column);
  }
  if (left.length === 0) return found;
  const { dialect } = core.database;
  const path = choosePath(guard.condition, wanted, { statistics: core.statistics, dialect });
  const read = await readKeys(core, { condition, path, dialect }, left, COUNTED_BY_ROWS);
  for (const [at, column] of left.entries()) found.set(column, read[at] ?? NOTHING);
  return found;
}

const NOTHING: Keys = { counts: new Map(), exact: true };

/** What counters and the small indexes of what is no success, or has not ended, tell without reading all that fits. */
async function known(core: Core, condition: Condition, column: Column): Promise<Keys | undefined> {
  switch (column) {
    case 'node_id':
    case 'label_id':
    case 'actor_id':
    case 'guest_id': {
      const all = condition.kind === 'true';
      if (!all && (condition.kind !== 'ids' || condition.column !== column || condition.orNull)) return undefined;
      const counts = core.statistics.all(column);
      return { counts: all ? counts : new Map([...counts].filter(([id]) => condition.ids.has(id))), exact: true };
    }
    case 'state':
      return allBut(core, condition, column, { most: 0, index: 'task_open', where: sql`task.dur is null` });
    case 'result':
      return allBut(core, condition, column, { most: 1, index: 'task_attn', where: sql`task.result<>1` });
    case 'exit_id':
      return undefined;
  }
}

/** Counts all but the code that most tasks have by an index that leaves it out; that one is the rest of a known total. */
async function allBut(
  core: Core,
  condition: Condition,
  column: 'state' | 'result',
  { most, index, where }: { most: number; index: TaskIndex; where: Path['branches'][number]['where'][number] },
): Promise<Keys | undefined> {
  const total = countedBy(core, { condition });
  if (total === undefined) return undefined;
  const names = column === 'state' ? STATE_CODES : RESULT_CODES;
  const path: Path = { branches: [{ index, where: [where], inOrder: true }], rows: 0, apart: true };
  const others = allOf([condition, codesOf(column, names.length, [most], true)]);
  const search = { condition: others, path, dialect: core.database.dialect };
  const [keys] = await readKeys(core, search, [column], COUNTED_IN_INDEX);
  if (!keys?.exact) return undefined;
  let sum = 0;
  for (const count of keys.counts.values()) sum += count;
  return { counts: new Map([...keys.counts, [most, Math.max(0, total - sum)]]), exact: true };
}

async function readKeys(core: Core, search: CompiledSearch, columns: readonly Column[], most: number): Promise<Keys[]> {
  const refs = columns.map((column) => sql`${sql.ref(`task.${column}`)}`);
  const rows = await core.database.readRows<GroupRow>(statementOf(groupQuery(search, refs, most + 1)));
  return columns.map((_, at) => {
    const counts = new Map<number, number>();
    let read = 0;
    for (const row of rows) {
      if (row.at !== at) continue;
      read += row.n;
      if (row.key !== null) counts.set(row.key, row.n);
    }
    return { counts, exact: read <= most };
  });
}
