import { RESULTS, STATES } from '@/lib/domain/task-result';
import { FAMILIES } from '@/lib/domain/task-type';
import type { CompareOp, ListOp } from './ast';
import type { FieldName, SetField } from './bound';

export type FieldType = 'text' | 'user' | 'multi' | 'set' | 'number' | 'time' | 'duration' | 'log';

/** `search` says how a word without a field looks into it; null when it does not (search-language 6). */
export type Field = {
  name: FieldName;
  type: FieldType;
  aliases: readonly string[];
  search: 'like' | 'equal' | 'date' | 'beginning' | null;
};

const field = (name: FieldName, type: FieldType, search: Field['search'], aliases = ''): Field => ({
  name,
  type,
  search,
  aliases: aliases === '' ? [] : aliases.split(' '),
});

/** The table of search-language 5, in its order. */
export const FIELDS: readonly Field[] = [
  field('label', 'text', 'like', 'type task_type worker_type'),
  field('action', 'text', 'like', 'description'),
  field('state', 'set', 'like'),
  field('result', 'set', 'like'),
  field('started_at', 'time', 'date', 'start_at starttime start'),
  field('ended_at', 'time', 'date', 'end_at endtime finished_at end'),
  field('state_updated_at', 'time', null, 'updated_at'),
  field('duration', 'duration', null),
  field('node', 'text', 'like'),
  field('cluster', 'text', null, 'profile'),
  field('user', 'user', 'like', 'owner user.login owner.login user.id owner.id'),
  field('realm', 'text', null),
  field('token', 'text', null, 'tokenid'),
  field('vmid', 'number', 'equal', 'vm ctid'),
  field('guest', 'text', 'like', 'guest_name vm.name'),
  field('tag', 'multi', null, 'tags'),
  field('pool', 'text', null),
  field('id', 'text', 'equal', 'worker_id'),
  field('upid', 'text', 'beginning', 'task_id'),
  field('pid', 'number', null),
  field('exitstatus', 'text', 'like', 'exit_status'),
  field('parent_task_id', 'text', null, 'parent'),
  field('family', 'set', null),
  field('log', 'log', null),
];

const byName = new Map(FIELDS.flatMap((one) => [one.name, ...one.aliases].map((name): [string, Field] => [name, one])));

/** The field of that name or alias, case ignored. */
export const findField = (name: string): Field | undefined => byName.get(name.toLowerCase());

const TEXT_OPS = ['eq', 'ne', 'like', 'unlike', 'in', 'notin'] as const;
const RANGE_OPS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const;

/** The operators each type takes, search-language 4. */
export const OPERATORS: Readonly<Record<FieldType, readonly (CompareOp | ListOp)[]>> = {
  text: TEXT_OPS,
  user: TEXT_OPS,
  multi: TEXT_OPS,
  set: TEXT_OPS,
  number: [...RANGE_OPS, 'in', 'notin'],
  time: RANGE_OPS,
  duration: RANGE_OPS,
  log: ['like', 'unlike'],
};

/** Values of the set fields, in the order they are offered. */
export const SET_VALUES = { state: STATES, result: RESULTS, family: FAMILIES } as const;

const COUNTED = [
  ...([
    'state',
    'result',
    'family',
    'label',
    'node',
    'cluster',
    'user',
    'realm',
    'token',
    'tag',
    'pool',
    'guest',
  ] as const),
  'exitstatus',
] as const satisfies readonly FieldName[];
/** Fields whose values are few enough to be listed with the number of tasks that have each. */
export const COUNTED_FIELDS: readonly CountedField[] = COUNTED;
export type CountedField = (typeof COUNTED)[number];

export const isCounted = (name: FieldName): name is CountedField => COUNTED_FIELDS.some((field) => field === name);

const SET_ALIASES: Readonly<Record<SetField, Readonly<Record<string, string>>>> = {
  state: {
    ...{ active: 'running', terminating: 'running' },
    ...{ complete: 'stopped', completed: 'stopped', finished: 'stopped', terminated: 'stopped' },
    ...{ queued: 'pending', requested: 'pending', planned: 'pending', planning: 'pending' },
  },
  result: {
    ...{ incomplete: 'pending', ok: 'success', warn: 'warning', warnings: 'warning' },
    ...{ canceled: 'cancelled', aborted: 'cancelled', interrupted: 'cancelled', partial_success: 'partial' },
    ...{ failed: 'error', failure: 'error', fail: 'error', errors: 'error' },
  },
  family: {},
};

/** The canonical value of a set for a value or alias, case ignored. */
export function findSetValue(name: SetField, text: string): string | undefined {
  const word = text.toLowerCase();
  const aliases = SET_ALIASES[name];
  const values: readonly string[] = SET_VALUES[name];
  return values.find((value) => value === word) ?? (Object.hasOwn(aliases, word) ? aliases[word] : undefined);
}

export const aliasesInSet = (name: SetField): string[] => Object.keys(SET_ALIASES[name]);

/** Values of a set and their aliases, for finding the nearest one. */
export const namesInSet = (name: SetField): string[] => [...SET_VALUES[name], ...aliasesInSet(name)];
