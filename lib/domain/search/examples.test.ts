import { describe, expect, test } from 'vitest';
import { ALICE, aTask, NOW, type TaskFacts } from './a-task.test-support';
import { QueryError } from './errors';
import { evaluate } from './evaluate';
import { parse } from './parse';
import { readQuery } from './read-query';
import { sexp } from './sexp.test-support';

const options = { now: NOW, timeZone: 'UTC' };
const found = (query: string, facts: TaskFacts, log: string[] | null = null): boolean =>
  evaluate(readQuery(query, options).bound, aTask({ hasLog: log !== null, ...facts }), ALICE, NOW, log);

function refusal(query: string): [code: string, position: number] {
  try {
    readQuery(query, options);
  } catch (error) {
    if (error instanceof QueryError) return [error.code, error.position];
    throw error;
  }
  throw new Error(`${query} was accepted`);
}

const running = { ended: null };
const failed = { exitStatus: 'job errors' };
const warned = { exitStatus: 'WARNINGS: 3' };
const cancelled = { exitStatus: 'received interrupt' };

describe('worked examples, section 13: trees', () => {
  test.each([
    ['', '(all)'],
    ['label = Actions::Foreman::Report::Import', '(eq "label" "Actions::Foreman::Report::Import")'],
    ['state = stopped and result = failed', '(and (eq "state" "stopped") (eq "result" "failed"))'],
    ['label = "Actions::Foreman::Host::ImportFacts"', '(eq "label" "Actions::Foreman::Host::ImportFacts")'],
    ['state=stopped&result=error', '(and (eq "state" "stopped") (eq "result" "error"))'],
    ['(result ^ (pending, cancelled))', '(in "result" "pending" "cancelled")'],
    ['vzdump', '"vzdump"'],
    ['vzdump nightly', '(and "vzdump" "nightly")'],
    ['"Bulk start"', '"Bulk start"'],
    ['qmstart or vzstart', '(or "qmstart" "vzstart")'],
    ['qmstart | vzstart', '(or "qmstart" "vzstart")'],
    ['backup -pve1', '(and "backup" (not "pve1"))'],
    ['not easy', '(not "easy")'],
    ['!easy', '(not "easy")'],
    ['-easy', '(not "easy")'],
    ['not !easy', '(not (not "easy"))'],
    ['some simple OR keywords', '(and "some" (or "simple" "keywords"))'],
    ['some OR simple keywords', '(and (or "some" "simple") "keywords")'],
    ['some OR (simple keywords)', '(or "some" (and "simple" "keywords"))'],
    ['!(state = running or label ~ vnc)', '(not (or (eq "state" "running") (like "label" "vnc")))'],
    ['1 (2 (3 4))', '(and "1" "2" "3" "4")'],
    ['label ^ (qmstart, vzstart)', '(in "label" "qmstart" "vzstart")'],
    ['label in (qmstart vzstart)', '(in "label" "qmstart" "vzstart")'],
    ['label !^ (vzdump, vncproxy)', '(notin "label" "vzdump" "vncproxy")'],
    ['label not in (vzdump, vncproxy)', '(notin "label" "vzdump" "vncproxy")'],
    ['^ (qmstart, qmstop)', '(or (eq "qmstart") (eq "qmstop"))'],
    ['node = pve1, label = qmstart', '(and (eq "node" "pve1") (eq "label" "qmstart"))'],
    ['node = pve1, >2024-12-01', '(and (eq "node" "pve1") (gt "2024-12-01"))'],
    ['vmid >= 200 vmid < 300', '(and (gte "vmid" "200") (lt "vmid" "300"))'],
    ['has vmid', '(notnull "vmid")'],
    ['set? vmid', '(notnull "vmid")'],
    ['null? vmid', '(null "vmid")'],
    ['not has token', '(not (notnull "token"))'],
    ['user <> root@pam', '(ne "user" "root@pam")'],
    ['started_at > 2024-12-01 10:00', '(gt "started_at" "2024-12-01 10:00")'],
    ['started_at > 3 days ago', '(gt "started_at" "3 days ago")'],
    ['started_at after 2024-12-01', '(gt "started_at" "2024-12-01")'],
    ['started_at before yesterday', '(lt "started_at" "yesterday")'],
    ['2024-12-01', '"2024-12-01"'],
    ['UPID:pve1:', '"UPID:pve1:"'],
  ])('%s', (text, tree) => {
    expect(sexp(parse(text).query)).toBe(tree);
  });
});

describe('worked examples, section 13: canonical text', () => {
  test.each([
    ['state = stopped and result = failed', 'state = stopped and result = error'],
    [
      'label = vzdump and result = error or result = warning',
      'label = vzdump and (result = error or result = warning)',
    ],
    [
      '(NOT ((label ^ (action1, action2)))) AND (label = something)',
      'not label ^ (action1, action2) and label = something',
    ],
    ['started_at > 3 days ago', 'started_at > "3 days ago"'],
    ['start_at > 2016-12-01', 'started_at > 2016-12-01'],
    ['owner.id = current_user', 'user = current_user'],
  ])('%s', (text, canonical) => {
    expect(readQuery(text, options).canonical).toBe(canonical);
  });
});

describe('worked examples, section 13: what they find', () => {
  test.each<[number, string, TaskFacts, boolean]>([
    [1, '', {}, true],
    [2, 'label = Actions::Foreman::Report::Import', {}, false],
    [3, 'state = paused', {}, false],
    [4, 'state = running', running, true],
    [4, 'state = running', {}, false],
    [5, 'state = stopped', {}, true],
    [5, 'state = stopped', running, false],
    [6, 'result = error', failed, true],
    [6, 'result = error', { exitStatus: 'ok' }, true],
    [6, 'result = error', warned, false],
    [6, 'result = error', cancelled, false],
    [6, 'result = error', { exitStatus: 'unexpected status' }, false],
    [7, 'result = pending', running, true],
    [8, 'result = warning', warned, true],
    [9, 'result = success', {}, true],
    [10, 'state = stopped and result = failed', failed, true],
    [11, 'start_at > 2016-12-01', { started: '2016-12-01T23:59:59Z' }, false],
    [11, 'start_at > 2016-12-01', { started: '2016-12-02T00:00:00Z' }, true],
    [12, 'ended_at > 2016-12-01', {}, true],
    [12, 'ended_at > 2016-12-01', running, false],
    [14, 'state=stopped&result=error', failed, true],
    [15, '(result ^ (pending, cancelled))', running, true],
    [15, '(result ^ (pending, cancelled))', cancelled, true],
    [15, '(result ^ (pending, cancelled))', failed, false],
    [16, 'vzdump', { label: 'vzdump' }, true],
    [16, 'vzdump', { exitStatus: 'VZDump failed' }, true],
    [17, 'vzdump nightly', { label: 'vzdump', guest: { name: 'nightly-1' } }, true],
    [17, 'vzdump nightly', { label: 'vzdump' }, false],
    [18, '"Bulk start"', { label: 'startall', id: '' }, true],
    [19, 'qmstart or vzstart', { label: 'vzstart' }, true],
    [20, 'backup -pve1', { label: 'vzdump', node: 'pve2' }, true],
    [20, 'backup -pve1', { label: 'vzdump', node: 'pve1' }, false],
    [26, 'label = vzdump and result = error or result = warning', { label: 'vzdump', ...warned }, true],
    [26, 'label = vzdump and result = error or result = warning', warned, false],
    [27, '(label = vzdump and result = error) or result = warning', warned, true],
    [28, '!(state = running or label ~ vnc)', {}, true],
    [28, '!(state = running or label ~ vnc)', { label: 'vncproxy' }, false],
    [30, 'label = qm', {}, false],
    [31, 'label ~ QM', {}, true],
    [32, 'label ~ qm*', {}, true],
    [32, 'label ~ %start', {}, true],
    [33, 'label ~ q*t', {}, true],
    [33, 'label ~ q*p', {}, false],
    [34, 'label !~ qm', {}, false],
    [35, 'label in (qmstart vzstart)', {}, true],
    [36, 'label !^ (vzdump, vncproxy)', {}, true],
    [37, '^ (qmstart, qmstop)', {}, true],
    [37, '^ (qmstar, qmstop)', {}, false],
    [38, 'node = pve1, label = qmstart', {}, true],
    [39, 'node = pve1, >2024-12-01', {}, true],
    [39, 'node = pve1, >2025-01-15', {}, false],
    [40, 'vmid = 100', {}, true],
    [40, 'cluster = lab and vmid = 100', { cluster: 'prod' }, false],
    [41, '100', {}, true],
    [41, '100', { id: '1001' }, false],
    [41, '100', { label: 'aptupdate', id: '', exitStatus: 'failed with 100 errors' }, true],
    [42, 'vmid > 200', { id: '201' }, true],
    [42, 'vmid > 200', { id: '200' }, false],
    [42, 'vmid >= 200 vmid < 300', { id: '200' }, true],
    [43, 'vmid != 100', { id: '101' }, true],
    [43, 'vmid != 100', { label: 'aptupdate', id: '' }, false],
    [43, 'not vmid = 100', { label: 'aptupdate', id: '' }, true],
    [44, 'has vmid', {}, true],
    [44, 'null? vmid', { label: 'aptupdate', id: '' }, true],
    [44, 'not has token', {}, true],
    [44, 'not has token', { token: 'ci' }, false],
    [45, 'null? ended_at', running, true],
    [46, 'user = root@pam', { token: 'backup' }, true],
    [46, 'user = root', { user: 'root@pve' }, true],
    [46, 'user = root@pam!backup', { token: 'backup' }, true],
    [46, 'user = root@pam!backup', {}, false],
    [47, 'owner.id = current_user', { user: 'alice@pve' }, true],
    [47, 'user != current_user', { user: 'alice@pve', token: 'ci' }, false],
    [47, 'user != current_user', {}, true],
    [48, 'user ^ (alice@pve, bob@ldap)', { user: 'bob@ldap' }, true],
    [48, 'user <> root@pam', {}, false],
    [50, 'started_at = 2024-12-01', { started: '2024-12-01T23:59:59Z' }, true],
    [50, 'started_at = 2024-12-01', { started: '2024-12-02T00:00:00Z' }, false],
    [50, 'started_at = "January 2025"', {}, true],
    [50, 'started_at = 2025-01', {}, true],
    [50, 'started_at = 2024', {}, false],
    [51, 'started_at > "2024-12-01 10:00"', { started: '2024-12-01T10:00:00Z' }, false],
    [51, 'started_at > "2024-12-01 10:00"', { started: '2024-12-01T10:00:01Z' }, true],
    [51, 'started_at > 2024-12-01 10:00', { started: '2024-12-01T10:00:01Z' }, true],
    [52, 'started_at = yesterday', { started: '2025-01-14T12:00:00Z' }, true],
    [52, 'started_at >= "2 days ago"', { started: '2025-01-13T00:00:00Z' }, true],
    [52, 'started_at > 3 days ago', { started: '2025-01-12T23:59:59Z' }, false],
    [53, 'started_at > "3 hours ago"', { started: '2025-01-15T11:30:20Z' }, false],
    [53, 'started_at > "3 hours ago"', { started: '2025-01-15T11:30:21Z' }, true],
    [54, 'started_at before yesterday', { started: '2025-01-13T23:59:59Z' }, true],
    [54, 'started_at before yesterday', { started: '2025-01-14T00:00:00Z' }, false],
    [55, '2024-12-01', { started: '2024-12-01T12:00:00Z' }, true],
    [55, '2024-12-01', { started: '2024-11-30T23:00:00Z', ended: '2024-12-01T01:00:00Z' }, true],
    [55, '2024-12-01', {}, false],
    [57, 'duration > 1h', { ended: '2025-01-15T07:00:01Z' }, true],
    [57, 'duration > 3600', { ended: '2025-01-15T07:00:00Z' }, false],
    [57, 'duration > "60 minutes"', { ended: null }, true],
    [58, 'duration >= 90s and duration < 1h30m', { ended: '2025-01-15T06:01:30Z' }, true],
    [58, 'duration >= 90s and duration < 1h30m', { ended: '2025-01-15T07:30:00Z' }, false],
    [59, 'exitstatus ~ timeout', { exitStatus: 'got Timeout' }, true],
    [59, 'exitstatus ~ "exit code*"', { exitStatus: 'exit code 1' }, true],
    [59, 'exitstatus ~ "exit code*"', { exitStatus: 'failed: exit code 1' }, false],
    [61, 'tag = infra and pool = www', { guest: { tags: ['x', 'infra'], pool: 'www' } }, true],
    [61, 'family ^ (backup, migrate)', { label: 'qmigrate' }, true],
    [62, 'guest ~ web*', { guest: { name: 'Web-1' } }, true],
    [62, 'guest ~ cache_1', { guest: { name: 'cachex1' } }, false],
    [63, 'UPID:pve1:', {}, true],
    [63, 'UPID:pve2:', {}, false],
    [63, `task_id = ${aTask().upid}`, {}, true],
    [63, `task_id = ${aTask().upid}`, { id: '101' }, false],
    [66, '(NOT ((label ^ (action1, action2)))) AND (label = something)', { label: 'something' }, true],
    [67, 'state = paused or result = error or result = warning', warned, true],
    [68, '(state_updated_at > "24 hours ago" or null? state_updated_at)', {}, true],
    [68, '(state_updated_at > "24 hours ago" or null? state_updated_at)', { started: '2025-01-14T06:00:00Z' }, false],
  ])('%i: %s', (_, query, facts, hit) => {
    expect(found(query, facts)).toBe(hit);
  });

  test('57: three spellings of an hour are the same query', () => {
    const [one, ...others] = ['duration > 1h', 'duration > 3600', 'duration > "60 minutes"'].map(
      (text) => readQuery(text, options).bound,
    );
    expect(others).toEqual([one, one]);
  });

  test('60: a stored log is searched line by line', () => {
    expect(found('log ~ "no space left"', {}, ['ok', 'write: No space left on device'])).toBe(true);
    expect(found('log ~ "no space"', {}, ['no', 'space'])).toBe(false);
    expect(found('log !~ "no space left"', {}, ['all well'])).toBe(true);
    expect(found('log !~ "no space left"', {}, null)).toBe(false);
    expect(found('not log ~ "no space left"', {}, null)).toBe(true);
  });

  test('guest fields are missing where the viewer may not see the guest', () => {
    const hidden = { id: '300', guest: { name: 'secret', tags: ['infra'], pool: 'www' } };
    for (const query of [
      'guest = secret',
      'guest != x',
      'tag = infra',
      'pool != x',
      'secret',
      'has guest',
      'has tag',
    ]) {
      expect([query, found(query, hidden)]).toEqual([query, false]);
      expect([query, found(query, { ...hidden, id: '200' })]).toEqual([query, true]);
    }
  });
});

describe('worked examples, section 13: refusals', () => {
  test.each([
    ['user.my_key ~ 5', 'unknown_field', 0],
    ['started_at = 2009-14-57', 'bad_value', 13],
    ['duration = "25 potatoes"', 'bad_value', 11],
    ['log = done', 'bad_operator', 4],
    ['state =', 'value_expected', 7],
    ['label = vzdump) and x', 'unmatched_paren', 14],
    ['()', 'empty_group', 0],
  ])('%s', (query, code, position) => {
    expect(refusal(query)).toEqual([code, position]);
  });
});

test.each([
  ['label = vzdump and', 'dangling_connective', 'label = vzdump'],
  ['(label = vzdump', 'unclosed_paren', 'label = vzdump'],
  ['label = "vzdump', 'unclosed_quote', 'label = vzdump'],
])('65: %s is accepted with a notice, and refused in strict mode', (query, code, canonical) => {
  const read = readQuery(query, options);
  expect([read.notices.map((notice) => notice.code), read.canonical]).toEqual([[code], canonical]);
  expect(() => readQuery(query, { ...options, strict: true })).toThrow(
    expect.objectContaining({ code: 'strict_repair' }),
  );
});

describe('section 15: where we differ', () => {
  test.each([
    ['state!=stopped', '(ne "state" "stopped")'],
    ['label^(a,b)', '(in "label" "a" "b")'],
    ['label ^ ("a,b" c)', '(in "label" "a,b" "c")'],
    ['label ^ (a or b)', '(in "label" "a" "b")'],
    ['backup failed at startup', '(and "backup" "failed" "at" "startup")'],
    ['label like dump', '(like "label" "dump")'],
    ['label not like dump', '(unlike "label" "dump")'],
    ['like dump', '(and "like" "dump")'],
    ['label in', '(and "label" "in")'],
    ['> 3 days ago', '(and (gt "3") "days" "ago")'],
    ['duration > 1 hour 30 minutes', '(gt "duration" "1 hour 30 minutes")'],
  ])('%s', (text, tree) => {
    expect(sexp(parse(text).query)).toBe(tree);
  });

  test.each([
    ['started_at = 2009-14-57', 'bad_value', 13],
    ['a) b', 'unmatched_paren', 1],
    ['!()', 'empty_group', 1],
    ['not', 'value_expected', 3],
    ['-', 'value_expected', 1],
    ['state =', 'value_expected', 7],
    ['label ^ (a and b)', 'list_syntax', 11],
    ['result = maybe', 'bad_value', 9],
    ['vmid ~ 1', 'bad_operator', 5],
    ['started_at = 01/02/2009', 'bad_value', 13],
    ['> may', 'bad_value', 2],
  ])('%s is refused', (query, code, position) => {
    expect(refusal(query)).toEqual([code, position]);
  });

  test.each<[string, TaskFacts, boolean]>([
    ['!= qmstart', {}, false],
    ['!= qmstop', {}, true],
    ['!~ qmst', {}, false],
    ['result = failed', failed, true],
    ['guest ~ a_b', { guest: { name: 'axb' } }, false],
    ['started_at = monday', { started: '2025-01-13T12:00:00Z' }, true],
    ['started_at = thursday', { started: '2025-01-16T12:00:00Z' }, false],
    ['started_at = 2025-01', {}, true],
    ['LABEL = qmstart', {}, true],
    ['may', { started: '2025-05-01T00:00:00Z', ended: '2025-05-02T00:00:00Z' }, false],
  ])('%s', (query, facts, hit) => {
    expect(found(query, facts)).toBe(hit);
  });
});
