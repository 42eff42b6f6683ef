import { sql } from 'kysely';
import type { Dialect, Sql } from '@/lib/archive/dialect';
import type { Dictionaries } from '@/lib/archive/dictionaries';
import { PER_SECOND } from '@/lib/archive/schema';
import type { TextTest } from '@/lib/domain/search/bound';
import type { EpochSeconds } from '@/lib/domain/time';

const perSecond = sql.lit(PER_SECOND);

/** Epoch seconds; null while there is no end. */
export const ended: Sql = sql`(task.id / ${perSecond} + task.dur)`;
export const updated: Sql = sql`(task.id / ${perSecond} + coalesce(task.dur, 0))`;
/** Seconds; a running task counts up to now. */
export const duration = (now: EpochSeconds): Sql =>
  sql`coalesce(task.dur, cast(${now} as bigint) - task.id / ${perSecond})`;

/** The task that started this one; empty when there is none. */
export const parent: Sql = sql`coalesce((select parent from task_more where task_id = task.id), '')`;

/** The UPID as text: what formatUpid prints, or what is kept because it prints otherwise. */
export const upid = ({ hex }: Dialect): Sql => sql`coalesce(task.upid,
  'UPID:' || (select name from node where node.id = task.node_id)
  || ':' || ${hex(sql`task.pid`)} || ':' || ${hex(sql`task.pstart`)} || ':' || ${hex(sql`task.id / ${perSecond}`)}
  || ':' || (select label from label where label.id = task.label_id) || ':' || task.object || ':'
  || (select "user" || coalesce('!' || token, '') from actor where actor.id = task.actor_id) || ':')`;

/** The sentence of a task, as `describeTask` builds it. */
export function action(dictionaries: Dictionaries): Sql {
  const cases = [...dictionaries.label.entries].map(({ id, description: { around, bare } }) =>
    around
      ? sql`when ${id} then case when task.object = '' then ${bare} else ${around.prefix} || task.object || ${around.suffix} end`
      : sql`when ${id} then ${bare}`,
  );
  return cases.length === 0 ? sql`''` : sql`(case task.label_id ${sql.join(cases, sql` `)} end)`;
}

/** Whether a text that is never null fits one of the tests, at least one; the rules of lib/domain/search/match. */
export function textFits(text: Sql, tests: readonly TextTest[], dialect: Dialect): Sql {
  return tests.length === 0
    ? sql`false`
    : sql`(${sql.join(
        tests.map((test) => oneFits(text, test, dialect)),
        sql` or `,
      )})`;
}

function oneFits(text: Sql, test: TextTest, dialect: Dialect): Sql {
  switch (test.how) {
    case 'equal':
      return sql`${text} = ${test.value}`;
    case 'prefix':
      return sql`substr(${text}, 1, length(cast(${test.value} as text))) = ${test.value}`;
    case 'number':
      return dialect.holdsNumber(text, test.digits);
    case 'like': {
      const { anchored, pieces } = test.pattern;
      if (!anchored) return dialect.holds(sql`fold(${text})`, pieces.join(''));
      const like = pieces.map((piece) => piece.replace(/[\\%_]/g, '\\$&')).join('%');
      return sql`fold(${text}) like ${like} escape '\\'`;
    }
  }
}
