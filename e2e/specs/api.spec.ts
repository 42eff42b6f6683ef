import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { ApiClient } from '@/e2e/support/api-client';
import { PEOPLE, setTheStage, test } from '@/e2e/support/stage';

const ADMIN = 'admin@pve!full=0d5a3c1e-77b2-4f0a-9f0c-111111111101';
const UPID = 'UPID:pve1:000AE992:00A21BA7:618C1D55:vzdump:100:root@pam!ci:';

const stage = setTheStage({
  args: ['--clusters', 'lab,oslo-edge'],
  before(world) {
    const at = (n: number) => new Date(Date.now() - n * 60_000);
    for (let n = 0; n < 7; n += 1) world.past({ type: 'qmstart', id: '100', startedAt: at(30 - n), seconds: 2 });
    world.past({ type: 'vzdump', id: '101', user: 'root@pam!automation', startedAt: at(20), text: 'one\ntwo\n' });
    world.past({ cluster: 'oslo-edge', type: 'qmstop', id: '100', startedAt: at(10), seconds: 2 });
  },
});

type Task = Record<string, unknown> & { upid: string };
type List = Record<string, unknown> & { results: Task[]; next_cursor: string | null };
type Refusal = { error: Record<string, unknown> & { code: string } };

const address = (upid: string, rest = '') => `/api/tasks/lab/${encodeURIComponent(upid)}${rest}`;
const refusal = async (response: Response) => ({ status: response.status, ...((await response.json()) as Refusal) });

test('GET /api/tasks answers as specified, by session and by token alike', async () => {
  const session = await stage.client(PEOPLE.root);
  const list = await session.json<List>('/api/tasks?search=label+%3D+vzdump');
  expect(list).toMatchObject({
    ...{ total: 8, total_is_exact: true, subtotal: 1, subtotal_is_exact: true, page: 1, per_page: 50 },
    ...{ search: 'label = vzdump', order: 'started_at DESC', next_cursor: null, notices: [] },
    failures: [{ cluster: 'oslo-edge', code: 'not_signed_in', message: expect.any(String) }],
  });
  const [task] = list.results;
  expect(task).toMatchObject({
    ...{ cluster: 'lab', node: 'pve1', label: 'vzdump', id: '101', action: 'VM/CT 101 - Backup', family: 'backup' },
    ...{
      user: 'root@pam',
      realm: 'pam',
      token: 'automation',
      vmid: 101,
      guest: expect.any(String),
      guest_type: 'qemu',
    },
    ...{ state: 'stopped', result: 'success', exitstatus: 'OK', progress: null, duration: 60, parent_task_id: null },
    ...{ pid: expect.any(Number), pstart: expect.any(Number), tags: expect.any(Array) },
    started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    log: { stored: true, lines: 3, bytes: 'one\ntwo\nTASK OK\n'.length },
  });
  const byToken = await stage.script(ADMIN, 'lab').json<List>('/api/tasks?search=label+%3D+vzdump');
  expect(byToken.results).toEqual(list.results);
  expect(byToken.failures).toEqual([]); // a token sees its cluster alone
});

test('X-Cluster names the cluster of a token, and must when there are several', async () => {
  expect(await refusal(await stage.script(ADMIN).ask('/api/tasks'))).toMatchObject({
    status: 400,
    error: { code: 'bad_request' },
  });
  expect((await stage.script(ADMIN, 'oslo-edge').json<List>('/api/tasks')).results).toHaveLength(1);
  expect((await stage.script(ADMIN, 'nowhere').ask('/api/tasks')).status).toBe(400);
  const wrong = await refusal(await stage.script('admin@pve!full=nonsense', 'lab').ask('/api/tasks'));
  expect(wrong).toMatchObject({ status: 401, error: { code: 'signed_out' } });
});

test('a refused token is remembered, so that Proxmox is not asked again', async () => {
  const script = stage.script('admin@pve!full=still-nonsense', 'lab');
  const refusals = () => stage.world.asked(({ who }) => who === 'refused');
  stage.world.simulator.engine.stats.reset();
  expect((await script.ask('/api/tasks')).status).toBe(401);
  const first = refusals(); // rights and guests are asked for at once
  expect(first).toBeGreaterThan(0);
  for (let n = 0; n < 5; n += 1) expect((await script.ask('/api/tasks')).status).toBe(401);
  expect(refusals()).toBe(first);
});

test('pages by number and by cursor meet, unknown parameters and bad values are refused', async () => {
  const client = await stage.client(PEOPLE.root);
  const upids = ({ results }: List) => results.map(({ upid }) => upid);
  const all = upids(await client.json<List>('/api/tasks'));
  const first = await client.json<List>('/api/tasks?per_page=3');
  const second = await client.json<List>(`/api/tasks?per_page=3&cursor=${encodeURIComponent(first.next_cursor ?? '')}`);
  expect([...upids(first), ...upids(second)]).toEqual(all.slice(0, 6));
  expect(upids(await client.json<List>('/api/tasks?per_page=3&page=2'))).toEqual(upids(second));
  expect(upids(await client.json<List>('/api/tasks?order=started_at+ASC'))).toEqual([...all].reverse());
  for (const query of [
    'nonsense=1',
    'per_page=0',
    'per_page=501',
    'page=x',
    'page=300&per_page=500',
    'order=wrong',
    'cursor=x',
    'tz=Mars/Olympus',
  ]) {
    const told = await refusal(await client.ask(`/api/tasks?${query}`));
    expect(told, query).toMatchObject({
      status: 400,
      error: { code: expect.any(String), message: expect.any(String), request_id: expect.any(String) },
    });
  }
});

test('a refused search tells where and what would fit; a repaired one says how it was read', async () => {
  const client = await stage.client(PEOPLE.root);
  const told = await refusal(await client.ask('/api/tasks?search=state+%3D+stopped+and+result+%3D+maybe'));
  expect(told).toMatchObject({
    status: 400,
    error: {
      code: 'bad_value',
      position: 29,
      length: 5,
      token: 'maybe',
      suggestions: expect.arrayContaining(['error']),
      request_id: expect.any(String),
    },
  });
  const open = await client.json<List>('/api/tasks?search=label+%3D+vzdump+and');
  expect(open.notices).toMatchObject([
    { code: expect.any(String), message: 'The last "and" has nothing after it and was left out.' },
  ]);
  const mixed = await client.json<List>(
    '/api/tasks?search=label+%3D+vzdump+and+result+%3D+error+or+result+%3D+warning',
  );
  expect(mixed).toMatchObject({
    search: 'label = vzdump and (result = error or result = warning)',
    notices: [{ code: 'mixed_and_or' }],
  });
});

test('nobody: 401; not there or not allowed: one 404; a right that is missing: 403; ended: 409', async () => {
  expect(await refusal(await new ApiClient(stage.url).ask('/api/tasks'))).toMatchObject({
    status: 401,
    error: { code: 'signed_out' },
  });
  const root = await stage.client(PEOPLE.root);
  const [task] = (await root.json<List>('/api/tasks?search=label+%3D+vzdump')).results;
  const nobody = await stage.client(PEOPLE.nobody);
  const hidden = await refusal(await nobody.ask(address(task?.upid ?? '')));
  const absent = await refusal(await nobody.ask(address(UPID)));
  expect(hidden.status).toBe(404);
  expect({ ...hidden.error, request_id: '' }).toEqual({ ...absent.error, request_id: '' });
  for (const rest of ['', '/log', '/log/raw', '/log/stream', '/wait?timeout=1']) {
    expect((await nobody.ask(address(task?.upid ?? '', rest))).status, rest).toBe(404);
  }
  expect(await refusal(await root.write('DELETE', address(task?.upid ?? '')))).toMatchObject({
    status: 409,
    error: { code: 'conflict' },
  });
  const puppet = stage.world.puppet({ type: 'qmclone', id: '100' });
  await stage.known(puppet);
  const noc = await stage.client(PEOPLE.noc);
  expect(await refusal(await noc.write('DELETE', address(puppet.upid)))).toMatchObject({
    status: 403,
    error: { code: 'forbidden', message: 'You need Sys.Modify on /nodes/pve1 to stop this task.' },
  });
  puppet.end();
});

test('wait answers when the task ends, or in time as it is', async () => {
  const client = stage.script(ADMIN, 'lab');
  const puppet = stage.world.puppet({ type: 'qmclone', id: '100' });
  await stage.known(puppet);
  expect(await client.json<Task>(address(puppet.upid, '/wait?timeout=1'))).toMatchObject({
    state: 'running',
    result: 'pending',
  });
  const waiting = client.json<Task>(address(puppet.upid, '/wait?timeout=60'));
  puppet.end('clone failed: out of space');
  expect(await waiting).toMatchObject({ state: 'stopped', result: 'error', exitstatus: 'clone failed: out of space' });
  expect((await client.ask(address(puppet.upid, '/wait?timeout=0'))).status).toBe(400);
});

test('a log by lines: numbers from 1, windows, and the same before and after it is kept', async () => {
  const client = stage.script(ADMIN, 'lab');
  const puppet = stage.world.puppet({ type: 'qmclone', id: '101' });
  puppet.write('eins: äöü\r100 %\n\u001b[31mrot\u001b[0m\n');
  await stage.known(puppet);
  const running = await client.json<Record<string, unknown>>(address(puppet.upid, '/log'));
  expect(running).toMatchObject({
    total: 2,
    lines: [
      { n: 1, t: 'eins: äöü\r100 %' },
      { n: 2, t: '\u001b[31mrot\u001b[0m' },
    ],
    complete: false,
  });
  puppet.end();
  await stage.kept(puppet);
  expect(await client.json(address(puppet.upid, '/log?start=1&limit=1'))).toMatchObject({
    total: 3,
    lines: [{ n: 2 }],
    complete: true,
  });
  expect((await client.ask(address(puppet.upid, '/log?limit=5001'))).status).toBe(400);
  const empty = stage.world.puppet({ type: 'imgcopy' });
  empty.end(null);
  await stage.kept(empty);
  expect(await client.json(address(empty.upid, '/log'))).toMatchObject({ total: 0, lines: [], complete: true });
});

test('a log stream resumes behind the last id and sends a half-written line again', async () => {
  const client = stage.script(ADMIN, 'lab');
  const puppet = stage.world.puppet({ type: 'qmclone', id: '102' });
  puppet.write('one\ntwo\nthr');
  await stage.known(puppet);
  type Lines = { lines: { n: number; t: string }[] };
  const abort = new AbortController();
  const seen: string[] = [];
  let lastId = '';
  for await (const { event, id, data } of client.events(address(puppet.upid, '/log/stream'), abort.signal)) {
    if (event !== 'lines') continue;
    seen.push(...(data as Lines).lines.map(({ n, t }) => `${n} ${t}`));
    lastId = id ?? lastId;
    if (seen.includes('3 thr')) break;
  }
  abort.abort();
  expect(lastId).toBe('3');
  puppet.write('ee\nfour\n');
  puppet.end();
  const rest: string[] = [];
  let ended: unknown;
  for await (const { event, data } of client.events(
    address(puppet.upid, '/log/stream?after=0'),
    new AbortController().signal,
    lastId,
  )) {
    if (event === 'lines') rest.push(...(data as Lines).lines.map(({ n, t }) => `${n} ${t}`));
    if (event === 'end') ended = data;
  }
  expect(rest.filter((line) => line !== '3 thr')).toEqual(['3 three', '4 four', '5 TASK OK']);
  expect(ended).toMatchObject({ task: { upid: puppet.upid, state: 'stopped', result: 'success' } });
});

test('decoding a UPID asks no cluster and nobody who you are', async () => {
  const anyone = new ApiClient(stage.url);
  expect(await anyone.json(`/api/upid/${encodeURIComponent(UPID)}`)).toMatchObject({
    ...{ upid: UPID, node: 'pve1', pid: 715154, pstart: 10623911, starttime: 1636572501, type: 'vzdump', id: '100' },
    ...{ user: 'root@pam', tokenid: 'ci', action: 'VM/CT 100 - Backup' },
  });
  expect(await refusal(await anyone.ask('/api/upid/UPID:nonsense'))).toMatchObject({
    status: 400,
    error: { message: expect.stringContaining('not a valid UPID') },
  });
});

test('lines are decoded as they come: unordered, twice, without text', async () => {
  const client = await stage.client(PEOPLE.root);
  const lines = [{ n: 3, t: 'c' }, { n: 1, t: 'a' }, { n: 2 }, { n: 3, t: 'c' }];
  expect(await (await client.write('POST', '/api/log/decode', lines)).json()).toEqual({ text: 'a\n\nc' });
});

test('the clusters tell their nodes and age, and never a secret', async () => {
  const told = await (await stage.client(PEOPLE.root)).json<{ clusters: Task[] }>('/api/clusters');
  expect(told.clusters).toMatchObject([
    {
      id: 'lab',
      state: 'ok',
      version: expect.stringMatching(/^9/),
      gaps: [],
      error: null,
      logs_to_fetch: 0,
      nodes: [{ node: 'pve1' }, { node: 'pve2' }],
    },
    { id: 'oslo-edge', state: 'not_signed_in' },
  ]);
  expect(JSON.stringify(told)).not.toContain(stage.world.clusters[0]?.token.split('=')[1]);
});

test('probes answer without a session', async () => {
  const anyone = new ApiClient(stage.url);
  expect(await anyone.json('/api/health/live')).toMatchObject({ live: true });
  expect(await anyone.json('/api/health/ready')).toMatchObject({ ready: true });
});

/** Every write that a route file under app/api exports, with its parameters filled in. */
async function writes(): Promise<[method: string, path: string][]> {
  const api = fileURLToPath(new URL('../../app/api', import.meta.url));
  const found: [string, string][] = [];
  for await (const file of glob('**/route.ts', { cwd: api })) {
    const source = await readFile(`${api}/${file}`, 'utf8');
    const path = file
      .replace(/\/route\.ts$/, '')
      .replace('[...nextauth]', 'callback/proxmox')
      .replace('[cluster]', 'lab')
      .replace('[upid]', encodeURIComponent(UPID));
    for (const [, method = ''] of source.matchAll(/export const (POST|PUT|PATCH|DELETE)\b/g))
      found.push([method, `/api/${path}`]);
  }
  return found;
}

test('a write of a session without Origin, or with a foreign one, is refused everywhere', async () => {
  const client = await stage.client(PEOPLE.root);
  const all = await writes();
  expect(all.length).toBeGreaterThanOrEqual(6);
  for (const [method, path] of all) {
    for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }]) {
      const answer = await client.ask(path, {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{}',
      });
      expect(`${method} ${path} ${JSON.stringify(headers)} ${answer.status}`).toBe(
        `${method} ${path} ${JSON.stringify(headers)} 403`,
      );
      expect(await answer.json()).toMatchObject({ error: { code: 'forbidden' } });
    }
  }
  expect((await client.ask('/api/tasks')).status).toBe(200);
});

test('a body without end and one that is too large are refused', async () => {
  const client = await stage.client(PEOPLE.root);
  const answer = await client.write('POST', '/api/tasks/bulk-stop', { search: 'x'.repeat(400_000) });
  expect(answer.status).toBe(413);
});

test('answers of the API are never kept and never shown inside another page', async () => {
  const { headers } = await (await stage.client(PEOPLE.root)).ask('/api/tasks');
  expect(headers.get('cache-control')).toContain('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get('x-powered-by')).toBeNull();
});
