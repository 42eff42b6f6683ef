import { expect, test } from 'vitest';
import { aNode } from '@/lib/proxmox/cluster.test-support';
import { recording } from '@/lib/proxmox/recording.test-support';
import { json, type RawAnswer, replay } from '@/lib/proxmox/replay.test-support';
import { downloadLog, listClusterTasks, listNodeTasks, readLogPage, readTaskStatus, stopWorker } from './tasks';

const UPID = 'UPID:pve1:00000469:0003C527:6B003719:labjob:100:operator@pve!full:';
const ENCODED = 'UPID%3Apve1%3A00000469%3A0003C527%3A6B003719%3Alabjob%3A100%3Aoperator%40pve!full%3A';
const WINDOW = { skip: 0, limit: 500 };

const answering = async (answer: RawAnswer) => {
  const { server, asToken } = await aNode(() => answer);
  return { server, pve: asToken };
};
const rows = (...data: object[]) => json({ data, total: data.length });
const rowsOf = (name: string): { upid: string }[] =>
  (recording(name).response.body as { data: { upid: string }[] }).data;

test("a node's tasks are asked for with a limit, running and ended ones in one call", async () => {
  const { server, pve } = await answering(replay('tasks-source-all'));
  const { tasks, total } = await listNodeTasks(pve, 'pve1', 500);
  expect(server.requests[0]?.target).toBe('/api2/json/nodes/pve1/tasks?source=all&limit=500');
  expect(tasks.map(({ upid }) => upid.text)).toEqual(rowsOf('tasks-source-all').map(({ upid }) => upid));
  expect(total).toBe((recording('tasks-source-all').response.body as { total: number }).total);
});

test('a running row has status RUNNING and no end (4.3)', async () => {
  const { pve } = await answering(replay('tasks-source-active'));
  const { tasks } = await listNodeTasks(pve, 'pve1', 500);
  expect(tasks.length).toBeGreaterThan(0);
  for (const task of tasks) expect(task).not.toHaveProperty('end');
});

test("a running row's user is the whole token, which is split all the same (4.3)", async () => {
  const { pve } = await answering(replay('tasks-active-token-task-as-root'));
  const { tasks } = await listNodeTasks(pve, 'pve1', 500);
  expect(tasks.map(({ upid }) => [upid.user, upid.token])).toContainEqual(['operator@pve', 'full']);
});

test('in cluster/tasks running is what has no end time (4.2)', async () => {
  const { pve } = await answering(replay('cluster-tasks-root'));
  const tasks = await listClusterTasks(pve);
  const running = (recording('cluster-tasks-root').response.body as { data: { endtime?: number }[] }).data.filter(
    (row) => row.endtime === undefined,
  );
  expect(tasks.filter((task) => !task.end)).toHaveLength(running.length);
});

test.each([undefined, '0', '1', 1, 0, '', true])(
  'saved may be %j, times may be text, unknown fields may come',
  async (saved) => {
    const { pve } = await answering(
      rows({
        upid: UPID,
        saved,
        starttime: '1795176217',
        endtime: '1795176220',
        status: 'OK',
        'new-field': { a: [1] },
      }),
    );
    expect(await listClusterTasks(pve)).toMatchObject([{ end: { time: 1795176220, status: 'OK' } }]);
  },
);

test('an unknown task type is a task like any other', async () => {
  const { pve } = await answering(rows({ upid: UPID.replace('labjob', 'plugin-thing_2'), endtime: '' }));
  expect(await listClusterTasks(pve)).toMatchObject([{ upid: { type: 'plugin-thing_2' } }]);
});

test('a row with a UPID of another product is left out', async () => {
  const backupServer = 'UPID:pbs:00000469:0003C527:00000001:6B003719:backup:store:root@pam:';
  const { pve } = await answering(rows({ upid: backupServer }, { upid: UPID }));
  expect(await listClusterTasks(pve)).toHaveLength(1);
});

test('an end text that was encoded twice is repaired (4.6)', async () => {
  const { pve } = await answering(rows({ upid: UPID, endtime: 1, status: 'GerÃ¤t fehlt' }));
  expect(await listClusterTasks(pve)).toMatchObject([{ end: { status: 'Gerät fehlt' } }]);
});

test('no tasks have a total of 0, which is not sent (4.3)', async () => {
  const { pve } = await answering(replay('tasks-vmid-unknown'));
  expect(await listNodeTasks(pve, 'pve1', 500)).toEqual({ tasks: [], total: 0 });
});

test.each([
  ['status-running', { running: true }],
  ['status-ok', { running: false, exitStatus: 'OK' }],
  ['status-warnings', { running: false, exitStatus: 'WARNINGS: 2' }],
  ['status-killed', { running: false, exitStatus: 'unexpected status' }],
] as const)('%s', async (name, status) => {
  const { server, pve } = await answering(replay(name));
  expect(await readTaskStatus(pve, 'pve1', UPID)).toEqual(status);
  expect(server.requests[0]?.target).toBe(`/api2/json/nodes/pve1/tasks/${ENCODED}/status`);
});

test('a window of the log: lines with numbers, the whole count (4.6)', async () => {
  const { server, pve } = await answering(replay('log-start-9998'));
  const { lines, total, missing } = await readLogPage(pve, 'pve1', UPID, { skip: 9_998, limit: 500 });
  expect(server.requests[0]?.target).toBe(`/api2/json/nodes/pve1/tasks/${ENCODED}/log?start=9998&limit=500`);
  expect({ total, missing, first: lines[0]?.n, last: lines.at(-1) }).toEqual({
    total: 10_001,
    missing: false,
    first: 9_999,
    last: { n: 10_001, t: 'TASK OK' },
  });
});

test('text that was encoded twice is repaired, text that was not and control characters stay (4.6)', async () => {
  const { pve } = await answering(replay('log-bytes'));
  const { lines } = await readLogPage(pve, 'pve1', UPID, WINDOW);
  expect(lines.slice(1, 7).map(({ t }) => t)).toEqual([
    'utf-8: äöü € 日本 😀',
    'latin1: äöü',
    'invalid utf-8: ÿþÃ(',
    'ansi: \u001b[31mred\u001b[0m \u001b[1mbold\u001b[0m',
    'tab:\there, bell:\u0007, backspace:\b, vt:\u000b, ff:\f, del:\u007f, nul:\u0000.',
    'carriage\rreturn\r',
  ]);
  expect(lines[10]?.t).toBe('u2028:\u2028 end');
});

test.each(['log-empty-running', 'log-empty-running-start-1'])('%s: "no content" is no line (4.6)', async (name) => {
  const { pve } = await answering(replay(name));
  expect(await readLogPage(pve, 'pve1', UPID, WINDOW)).toEqual({ lines: [], total: 0, missing: false });
});

test('a missing log is a 200 with one line that is none (4.6)', async () => {
  const { pve } = await answering(replay('log-unknown'));
  expect(await readLogPage(pve, 'pve1', UPID, WINDOW)).toEqual({ lines: [], total: 0, missing: true });
});

test.each([{ total: 1 }, {}])('up to 9.0.5 that line is an object, not a list (4.6)', async (total) => {
  const { pve } = await answering(
    json({ data: { n: 1, t: 'unable to open file - No such file or directory' }, ...total }),
  );
  expect(await readLogPage(pve, 'pve1', UPID, WINDOW)).toEqual({ lines: [], total: 0, missing: true });
});

test.each(['no content', 'unable to open file - x'])('a real line %j of a longer log is kept', async (t) => {
  const { pve } = await answering(json({ data: [{ n: 1, t }], total: 2 }));
  expect(await readLogPage(pve, 'pve1', UPID, { skip: 0, limit: 1 })).toEqual({
    lines: [{ n: 1, t }],
    total: 2,
    missing: false,
  });
});

test('past the end there are no lines and the count stays (4.6)', async () => {
  const { pve } = await answering(replay('log-start-beyond'));
  const { lines, total } = await readLogPage(pve, 'pve1', UPID, { skip: 99_999, limit: 500 });
  expect(lines).toEqual([]);
  expect(total).toBeGreaterThan(0);
});

test('a line of 200,000 characters comes whole', async () => {
  const { pve } = await answering(replay('log-long-line'));
  const { lines } = await readLogPage(pve, 'pve1', UPID, WINDOW);
  expect(Math.max(...lines.map(({ t }) => t.length))).toBeGreaterThanOrEqual(200_000);
});

test('a limit of 0 would mean everything, so it is refused here (4.6)', async () => {
  const { server, pve } = await answering(replay('log-ok'));
  await expect(readLogPage(pve, 'pve1', UPID, { skip: 0, limit: 0 })).rejects.toThrow(RangeError);
  expect(server.requests).toEqual([]);
});

async function bytesOf(log: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of log) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('a download gives the bytes of the file, without start and limit (4.6)', async () => {
  const { server, pve } = await answering(replay('log-download-bytes'));
  const bytes = await bytesOf(downloadLog(pve, 'pve1', UPID, { background: true }));
  expect(bytes.toString('base64')).toBe(recording('log-download-bytes').response.bodyBase64);
  expect(server.requests[0]?.target).toBe(`/api2/json/nodes/pve1/tasks/${ENCODED}/log?download=1`);
});

test('a download that nobody reads asks for nothing', async () => {
  const { server, pve } = await answering(replay('log-download-bytes'));
  void downloadLog(pve, 'pve1', UPID, { background: true });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(server.requests).toEqual([]);
});

test('a download of a log that is gone is a 500, and not found', async () => {
  const { pve } = await answering(replay('log-download-unknown'));
  const log = downloadLog(pve, 'pve1', UPID, { background: false });
  await expect(bytesOf(log)).rejects.toMatchObject({ code: 'not_found' });
});

test('a download that breaks off is not a log that is gone', async () => {
  const { pve } = await answering('cut');
  const log = downloadLog(pve, 'pve1', UPID, { background: false });
  await expect(bytesOf(log)).rejects.toMatchObject({ code: 'cluster_unreachable' });
});

test.each(['stop-as-owner', 'stop-finished', 'stop-twice'])('%s: null for everything (4.9)', async (name) => {
  const { server, pve } = await answering(replay(name));
  await stopWorker(pve, 'pve1', UPID);
  expect(server.requests).toMatchObject([{ method: 'DELETE', target: `/api2/json/nodes/pve1/tasks/${ENCODED}` }]);
});

test.each([
  ['stop-as-auditor', 'forbidden'],
  ['stop-unknown', 'not_found'],
  ['fail-node-proxy-down-stop', 'node_unreachable'],
])('%s: %s', async (name, code) => {
  const { pve } = await answering(replay(name));
  await expect(stopWorker(pve, 'pve1', UPID)).rejects.toMatchObject({ code });
});
