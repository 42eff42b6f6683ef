import fc from 'fast-check';
import type { BoundQuery, FieldName, RangeField, TextField, TextTest, UserTest } from '@/lib/domain/search/bound';
import { toPattern } from '@/lib/domain/search/match';
import type { SeenTask } from '@/lib/domain/task';
import { RESULTS, STATES } from '@/lib/domain/task-result';
import { epochSeconds } from '@/lib/domain/time';
import { formatUpid } from '@/lib/domain/upid';
import { NOW } from './an-archive.test-support';

const TYPES = ['qmstart', 'vzdump', 'aptupdate', 'imgdel', 'cephcreateosd', 'odd-type', 'startall', 'ΌΔΟΣ'];
const OBJECTS = ['100', '101', '1001', '', 'sdc', "x'y", '100-scsi0>local', '%_\\*', 'ß-İ', '999999999', 'Größe'];
const USERS = ['root@pam', 'alice@pve', 'bob@ldap', "o'neil@pve", '100@pam', 'no-realm', 'ÄNNE@pve', 'a@b@pve'];
const STATUSES = [
  'OK',
  'WARNINGS: 3',
  'unexpected status',
  '',
  'received interrupt',
  'got timeout',
  "can't lock file '/x_y%'",
  'no such VM 100',
];
const NODES = ['pve1', 'pve2', 'PVE-3'];

/** A handful of words that occur in tasks, whole or in part, and some that mean something to SQL. */
const anyText = fc.constantFrom(
  ...TYPES,
  ...OBJECTS,
  ...USERS,
  ...STATUSES,
  ...NODES,
  ...[
    'vm',
    'start',
    'VM 100 - Start',
    'Backup',
    'lab',
    'www',
    'prod',
    'web',
    'pam',
    'ci',
    '1',
    'a',
    '%',
    '_',
    '\\',
    '*',
  ],
  ...["'; drop table task; --", 'σ', 'ς', 'i̇', 'UPID:pve1:', ':qmstart:', 'WEB-É', '[a-z]*', '?', 'prod\0'],
);
const anyPattern = fc.oneof(
  anyText.map(toPattern),
  anyText.map((text) => toPattern(`${text}*`)),
  anyText.map((text) => toPattern(`*${text}`)),
  anyText.map((text) => toPattern(`*${text}*`)),
  fc.tuple(anyText, anyText).map(([a, b]) => toPattern(`${a}*${b}`)),
);
const anyTextTest: fc.Arbitrary<TextTest> = fc.oneof(
  anyText.map((value) => ({ how: 'equal' as const, value })),
  anyPattern.map((pattern) => ({ how: 'like' as const, pattern })),
  fc.constantFrom('100', '1', '101', '3').map((digits) => ({ how: 'number' as const, digits })),
  anyText.map((value) => ({ how: 'prefix' as const, value })),
);
const anyUserTest: fc.Arbitrary<UserTest> = fc.oneof(
  fc.constantFrom('root', 'alice', 'no-realm', '').map((value) => ({ how: 'name' as const, value })),
  fc.constantFrom(...USERS).map((value) => ({ how: 'user' as const, value })),
  fc.constantFrom('root@pam!ci', 'alice@pve').map((value) => ({ how: 'userWithToken' as const, value })),
  fc.tuple(anyPattern, fc.boolean()).map(([pattern, withToken]) => ({ how: 'like' as const, pattern, withToken })),
  fc.constant({ how: 'number' as const, digits: '100' }),
  fc.constant({ how: 'current' as const }),
);

const TEXT_FIELDS: TextField[] = ['label', 'action', 'node', 'cluster', 'realm', 'token', 'guest', 'tag', 'pool', 'id'];
TEXT_FIELDS.push('upid', 'exitstatus', 'parent_task_id');
const RANGE_FIELDS: RangeField[] = ['vmid', 'pid', 'started_at', 'ended_at', 'state_updated_at', 'duration'];
const FIELDS: FieldName[] = [...TEXT_FIELDS, ...RANGE_FIELDS, 'state', 'result', 'family', 'user', 'log'];

const boundsOf = (field: RangeField): fc.Arbitrary<number> =>
  field === 'vmid' || field === 'pid'
    ? fc.constantFrom(0, 100, 101, 1001, 2_000_000_000)
    : field === 'duration'
      ? fc.constantFrom(-5, 0, 59.5, 60, 600, 601, 5000, 90_000)
      : fc.integer({ min: -3, max: 7000 }).map((back) => NOW - back);
const anyRange = fc
  .constantFrom(...RANGE_FIELDS)
  .chain((field) =>
    fc
      .record({ not: fc.boolean(), from: boundsOf(field), to: boundsOf(field) }, { requiredKeys: ['not'] })
      .map((range): BoundQuery => ({ kind: 'range', field, ...range })),
  );

const not = fc.boolean();
const anyLeaf: fc.Arbitrary<BoundQuery> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('text' as const),
      field: fc.constantFrom(...TEXT_FIELDS),
      not,
      any: fc.array(anyTextTest, { maxLength: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('user' as const), not, any: fc.array(anyUserTest, { maxLength: 2 }) }),
  },
  { weight: 3, arbitrary: anyRange },
  fc.record({ kind: fc.constant('state' as const), not, values: fc.subarray([...STATES]) }),
  fc.record({ kind: fc.constant('result' as const), not, values: fc.subarray([...RESULTS]) }),
  fc.record({ kind: fc.constant('family' as const), not, values: fc.subarray(['power', 'backup', 'ceph', 'other']) }),
  fc.record({
    kind: fc.constant('oneOf' as const),
    field: fc.constantFrom('vmid' as const, 'pid' as const),
    not,
    values: fc.subarray([100, 101, 1001]),
  }),
  fc.record({ kind: fc.constant('present' as const), field: fc.constantFrom(...FIELDS), not }),
  fc.constantFrom<BoundQuery>({ kind: 'all' }, { kind: 'none' }),
);

/** Any query but one about log lines. */
export const anyQuery: fc.Arbitrary<BoundQuery> = fc.letrec<{ query: BoundQuery }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    anyLeaf,
    fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('query'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('query') }),
  ),
})).query;

/** A task that differs from others in every way a search can ask about. `pid` tells it from all others. */
const anyTask = (pid: number): fc.Arbitrary<SeenTask> =>
  fc
    .record({
      node: fc.constantFrom(...NODES),
      pstart: fc.constantFrom(1, 0x0a21ba7, 0x1_2345_6789),
      startTime: fc.integer({ min: 0, max: 6000 }).map((back) => epochSeconds(NOW - back)),
      type: fc.constantFrom(...TYPES),
      id: fc.constantFrom(...OBJECTS),
      user: fc.constantFrom(...USERS),
      token: fc.constantFrom(undefined, 'ci', 'backup'),
      comment: fc.constantFrom('', '', 'note'),
      lower: fc.boolean(),
      took: fc.constantFrom(undefined, 0, 59, 60, 600, 4000, -3),
      status: fc.constantFrom(...STATUSES),
    })
    .map(({ lower, took, status, token, ...parts }) => {
      const upid = { ...parts, pid, ...(token ? { token } : {}) };
      const printed = formatUpid(upid);
      const text = lower ? printed.replace(/[0-9A-F]{8,9}/g, (hex) => hex.toLowerCase()) : printed;
      const seen: SeenTask = { upid: { ...upid, text } };
      return took === undefined ? seen : { ...seen, end: { time: epochSeconds(upid.startTime + took), status } };
    });

export const anyTasks = (count: number): fc.Arbitrary<SeenTask[]> =>
  fc.tuple(...Array.from({ length: count }, (_, at) => anyTask(100 + at)));
