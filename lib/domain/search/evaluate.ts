import type { Task } from '@/lib/domain/task';
import { describeTask, familyOf } from '@/lib/domain/task-type';
import type { EpochSeconds } from '@/lib/domain/time';
import { joinActor, realmOf, splitActor } from '@/lib/domain/upid';
import { type ClusterView, maySeeGuest } from '@/lib/domain/visibility';
import type { BoundQuery, FieldName, RangeField, TextField, TextTest, UserTest } from './bound';
import { fits, hasNumber } from './match';

/** The task looked at, by whom and when, and its stored log as shown, line by line; null when it is not at hand. */
type Subject = { task: Task; view: ClusterView; now: EpochSeconds; logLines: readonly string[] | null };

/**
 * Whether a query finds a task of the view's cluster: the same answer as the archive's SQL. Name, tags and pool of a
 * guest that the viewer may not see count as missing (product rule 2). Whether the viewer may see the task at all is
 * for the caller. Without `logLines` no comparison with `log` fits.
 */
export function evaluate(
  query: BoundQuery,
  task: Task,
  view: ClusterView,
  now: EpochSeconds,
  logLines: readonly string[] | null = null,
): boolean {
  return holds(query, { task, view, now, logLines });
}

function holds(query: BoundQuery, subject: Subject): boolean {
  const { task } = subject;
  switch (query.kind) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'and':
      return query.of.every((part) => holds(part, subject));
    case 'or':
      return query.of.some((part) => holds(part, subject));
    case 'not':
      return !holds(query.of, subject);
    case 'text': {
      const texts = textsOf(query.field, subject);
      return texts.length > 0 && texts.some((text) => query.any.some((test) => textFits(test, text))) !== query.not;
    }
    case 'user':
      return query.any.some((test) => userFits(test, subject)) !== query.not;
    case 'state':
      return query.values.includes(task.state) !== query.not;
    case 'result':
      return query.values.includes(task.result) !== query.not;
    case 'family':
      return query.values.includes(familyOf(task.label)) !== query.not;
    case 'range': {
      const value = numberOf(query.field, subject);
      if (value === null) return false;
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = query;
      return (from <= value && value < to) !== query.not;
    }
    case 'oneOf': {
      const value = task[query.field];
      return value !== null && query.values.includes(value) !== query.not;
    }
    case 'present':
      return isPresent(query.field, subject) !== query.not;
    case 'log': {
      const lines = task.log ? subject.logLines : null;
      return lines !== null && lines.some((line) => fits(query.pattern, line)) !== query.not;
    }
  }
}

/** The values a field has, none when it is missing: null and empty are the same. */
function textsOf(field: TextField, { task, view }: Subject): readonly string[] {
  const guest = task.guest && maySeeGuest(view, task.guest.vmid) ? task.guest : null;
  const one = (text: string | null | undefined): readonly string[] => (text ? [text] : []);
  switch (field) {
    case 'label':
    case 'node':
    case 'cluster':
    case 'token':
    case 'upid':
      return one(task[field]);
    case 'action':
      return one(describeTask(task.label, task.object));
    case 'realm':
      return one(realmOf(task.user));
    case 'guest':
      return one(guest?.name);
    case 'pool':
      return one(guest?.pool);
    case 'tag':
      return (guest?.tags ?? []).filter((tag) => tag !== '');
    case 'id':
      return one(task.object);
    case 'exitstatus':
      return one(task.exitStatus);
    case 'parent_task_id':
      return one(task.parent);
  }
}

function textFits(test: TextTest, text: string): boolean {
  switch (test.how) {
    case 'equal':
      return text === test.value;
    case 'like':
      return fits(test.pattern, text);
    case 'number':
      return hasNumber(test.digits, text);
    case 'prefix':
      return text.startsWith(test.value);
  }
}

function userFits(test: UserTest, { task, view }: Subject): boolean {
  switch (test.how) {
    case 'name':
      return task.user.slice(0, Math.max(task.user.lastIndexOf('@'), 0)) === test.value;
    case 'user':
      return task.user === test.value;
    case 'userWithToken':
      return joinActor(task.user, task.token) === test.value;
    case 'like':
      return fits(test.pattern, test.withToken ? joinActor(task.user, task.token) : task.user);
    case 'number':
      return hasNumber(test.digits, task.user);
    case 'current':
      return task.user === splitActor(view.identity).user;
  }
}

function numberOf(field: RangeField, { task, now }: Subject): number | null {
  switch (field) {
    case 'vmid':
    case 'pid':
      return task[field];
    case 'started_at':
      return task.startedAt;
    case 'ended_at':
      return task.endedAt;
    case 'state_updated_at':
      return task.endedAt ?? task.startedAt;
    case 'duration':
      return (task.endedAt ?? now) - task.startedAt;
  }
}

function isPresent(field: FieldName, subject: Subject): boolean {
  switch (field) {
    case 'user':
    case 'state':
    case 'result':
    case 'family':
      return true;
    case 'log':
      return subject.task.log !== null;
    case 'vmid':
    case 'pid':
    case 'started_at':
    case 'ended_at':
    case 'state_updated_at':
    case 'duration':
      return numberOf(field, subject) !== null;
    default:
      return textsOf(field, subject).length > 0;
  }
}
