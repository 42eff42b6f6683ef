import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { totpCode } from './access/totp.ts';
import { ask, type Heard } from './contract/ask.ts';
import { readOptions } from './options.ts';
import { SCENARIOS } from './scenario/scenarios.ts';
import { type Simulator, startSimulator } from './simulator.ts';
import type { Cluster, SimNode } from './world/model.ts';

const stateDir = mkdtempSync(join(tmpdir(), 'simulator-test-'));
const running: Simulator[] = [];

async function aSimulator(...args: string[]): Promise<Simulator> {
  const quick = [
    '--port',
    '0',
    '--state-dir',
    stateDir,
    '--scenario',
    'empty',
    '--clusters',
    'lab',
    '--unreachable-ms',
    '50',
  ];
  const options = readOptions([...quick, ...args]);
  if (options === 'help') throw new Error('help');
  const simulator = await startSimulator(options);
  running.push(simulator);
  return simulator;
}

afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.stop();
});

function lab({ engine }: Simulator): { cluster: Cluster; pve1: SimNode; pve2: SimNode } {
  const [cluster] = engine.clusters;
  const [pve1, pve2] = cluster?.nodes ?? [];
  if (!cluster || !pve1 || !pve2) throw new Error('no lab');
  return { cluster, pve1, pve2 };
}

type Call = { method?: string; headers?: Record<string, string>; form?: Record<string, string>; at?: SimNode };

function api(
  simulator: Simulator,
  path: string,
  { method = 'GET', headers = {}, form, at }: Call = {},
): Promise<Heard> {
  const { cluster, pve1 } = lab(simulator);
  const authorization = { authorization: `PVEAPIToken=${cluster.accounts.collector}` };
  const url = `${(at ?? pve1).url}/api2/json${path}`;
  if (!form) return ask({ method, url, headers: { ...authorization, ...headers } });
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return ask({ method, url, headers: { ...type, ...headers }, body: new URLSearchParams(form).toString() });
}

// biome-ignore lint/suspicious/noExplicitAny: what comes back is what each test is about.
const read = ({ bytes }: Heard): { data: any; message?: string } => JSON.parse(bytes.toString('utf8'));

const signIn = (simulator: Simulator, username: string, password: string, more = {}): Promise<Heard> =>
  api(simulator, '/access/ticket', { method: 'POST', form: { username, password, ...more } });

test.each(Object.keys(SCENARIOS))('scenario %s starts and tells its tasks', async (scenario) => {
  const simulator = await aSimulator('--scenario', scenario, '--rate', '0');
  expect((await api(simulator, '/cluster/tasks')).status).toBe(200);
});

test('a refusal takes three seconds', async () => {
  const heard = await signIn(await aSimulator(), 'admin@pve', 'wrong');
  expect(heard.status).toBe(401);
  expect(heard.tookMs).toBeGreaterThan(2900);
});

test('a body that lags behind its head is lost without an answer when a ticket signs it, and read with a token', async () => {
  const simulator = await aSimulator();
  const { ticket, CSRFPreventionToken } = read(await signIn(simulator, 'admin@pve', 'admin-demo')).data;
  const { cluster, pve1 } = lab(simulator);
  const late = (auth: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect({ port: Number(new URL(pve1.url).port), host: '127.0.0.1', rejectUnauthorized: false });
      let heard = '';
      socket.on('data', (part) => {
        heard += part.toString();
      });
      socket.on('close', () => resolve(heard));
      socket.on('error', () => resolve(heard));
      const head =
        'PUT /api2/json/access/users/auditor@pve HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nConnection: close\r\n';
      socket.write(`${head}Content-Type: application/x-www-form-urlencoded\r\n${auth}\r\n\r\n`);
      setTimeout(() => socket.end('comment=x'), 150);
    });
  const signed = `Cookie: PVEAuthCookie=${encodeURIComponent(ticket)}\r\nCSRFPreventionToken: ${CSRFPreventionToken}`;
  expect(await late(signed)).toBe('');
  expect(await late(`Authorization: PVEAPIToken=${cluster.accounts.collector}`)).toContain('HTTP/1.1 403');
});

test('second factors: a code, a recovery key once, a YubiKey, and no way on with WebAuthn alone', async () => {
  const simulator = await aSimulator('--fast-401');
  const step = async (user: string, answer: string): Promise<number> => {
    const half = read(await signIn(simulator, `${user}@pve`, `${user}-demo`)).data;
    return (await signIn(simulator, `${user}@pve`, answer, { 'tfa-challenge': half.ticket })).status;
  };
  const factors = lab(simulator).cluster.accounts.users.get('totp@pve')?.factors;
  const code = totpCode(factors?.totp ?? '', Math.floor(Date.now() / 1000));
  expect(await step('totp', `totp:${code}`)).toBe(200);
  const key = factors?.recovery?.[1] ?? '';
  expect(await step('totp', `recovery:${key}`)).toBe(200);
  expect(await step('totp', `recovery:${key}`)).toBe(401);
  expect(await step('yubico', `yubico:cccccccdemo1${'b'.repeat(32)}`)).toBe(200);
  expect(await step('passkey', 'webauthn:{}')).toBe(401);
});

test('eight wrong codes lock the code, a recovery key unlocks it', async () => {
  const simulator = await aSimulator('--fast-401');
  const code = (): string => totpCode('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', Math.floor(Date.now() / 1000));
  const step = async (answer: string): Promise<number> => {
    const half = read(await signIn(simulator, 'totp@pve', 'totp-demo')).data;
    return (await signIn(simulator, 'totp@pve', answer, { 'tfa-challenge': half.ticket })).status;
  };
  for (let tries = 0; tries < 8; tries += 1) await step('totp:abcdef');
  expect(await step(`totp:${code()}`)).toBe(401);
  expect(await step('recovery:3f2a-91bc-77d0-e412')).toBe(200);
  expect(await step(`totp:${code()}`)).toBe(200);
});

test('before 8.3 the text of an error is in the status line only, and an unreadable log is a bare object', async () => {
  const simulator = await aSimulator('--pve', '8');
  const refused = await api(simulator, '/nodes/pve1/tasks?limit=x');
  expect(refused.reason).toBe('Parameter verification failed.');
  expect(read(refused)).not.toHaveProperty('message');
  const upid = encodeURIComponent('UPID:pve1:00000001:00000001:6B000000:vzdump:100:root@pam:');
  expect(read(await api(simulator, `/nodes/pve1/tasks/${upid}/log`)).data).toMatchObject({ n: 1 });
  expect((await api(simulator, '/access/permissions?path=/')).bytes.toString()).not.toContain('VM.GuestAgent');
});

test('7 answers a second factor in the old way unless asked for the new one', async () => {
  const simulator = await aSimulator('--pve-of', 'lab=7', '--fast-401');
  const ticketOf = async (more: object): Promise<string> =>
    read(await signIn(simulator, 'totp@pve', 'totp-demo', more)).data.ticket;
  expect(await ticketOf({})).toMatch(/^PVE:tfa!totp@pve:/);
  expect(await ticketOf({ 'new-format': '1' })).toMatch(/^PVE:!tfa!/);
  const bad = await api(simulator, '/version', { headers: { authorization: 'PVEAPIToken=root@pam!nope=x' } });
  expect(bad.reason).toContain('no such token');
});

test('a power loss leaves ghosts in the lists of the others, and ends as unexpected status after the boot', async () => {
  const simulator = await aSimulator();
  const { cluster, pve1, pve2 } = lab(simulator);
  const { upid } = simulator.engine.start(cluster, pve1, {
    type: 'vzdump',
    id: '100',
    user: 'root@pam',
    script: function* forever() {
      yield { afterMs: 1e9, text: '' };
      return { status: 'OK' };
    },
  });
  const seen = async (): Promise<object | undefined> =>
    read(await api(simulator, '/cluster/tasks', { at: pve2 })).data.find((row: { upid: string }) => row.upid === upid);
  await simulator.engine.setState(cluster, pve1, 'crashed');
  expect(await seen()).not.toHaveProperty('endtime');
  expect((await api(simulator, '/nodes/pve1/tasks', { at: pve2 })).status).toBe(595);
  simulator.engine.restartDaemon(cluster, pve2, 'pmxcfs');
  expect(await seen()).toBeUndefined();
  simulator.engine.restartDaemon(cluster, pve2, 'pvedaemon');
  await simulator.engine.setState(cluster, pve1, 'up');
  expect(await seen()).toMatchObject({ status: 'unexpected status' });
});

test('a task whose daemon was restarted is stopped in its status before it is ended in the list', async () => {
  const simulator = await aSimulator();
  const { cluster, pve1 } = lab(simulator);
  const held = { type: 'labjob', id: '', user: 'root@pam' };
  const task = simulator.engine.start(cluster, pve1, {
    ...held,
    script: function* forever() {
      yield { afterMs: 1e9, text: '' };
      return { status: 'OK' };
    },
  });
  simulator.engine.restartDaemon(cluster, pve1, 'pvedaemon');
  task.worker?.finish('OK');
  const path = `/nodes/pve1/tasks/${encodeURIComponent(task.upid)}/status`;
  expect(read(await api(simulator, path)).data).toMatchObject({ status: 'stopped', exitstatus: 'OK' });
  expect(read(await api(simulator, '/nodes/pve1/tasks?source=active')).data).toMatchObject([{ status: 'RUNNING' }]);
});

test('a bulk start has children of its own user on the nodes of the guests; 8 does not have the call', async () => {
  const simulator = await aSimulator('--speed', '50');
  const { cluster, pve2 } = lab(simulator);
  const [first] = [...cluster.guests.values()].filter(({ node, kind }) => node === pve2.name && kind === 'qemu');
  if (!first) throw new Error('a guest on pve2');
  first.status = 'stopped';
  const { ticket, CSRFPreventionToken } = read(await signIn(simulator, 'admin@pve', 'admin-demo')).data;
  const headers = { authorization: `PVEAuthCookie=${ticket}`, CSRFPreventionToken };
  const form = { vms: String(first.vmid) };
  const path = '/cluster/bulk-action/guest/start';
  const upid: string = read(await api(simulator, path, { method: 'POST', headers, form })).data;
  const status = async (): Promise<string | undefined> =>
    read(await api(simulator, `/nodes/pve1/tasks/${encodeURIComponent(upid)}/status`)).data.exitstatus;
  await expect.poll(status).toBe('OK');
  const children = read(await api(simulator, '/nodes/pve2/tasks')).data;
  expect(children).toMatchObject([{ type: 'qmstart', id: String(first.vmid), user: 'admin@pve', status: 'OK' }]);

  const old = await aSimulator('--pve', '8');
  expect((await api(old, path, { method: 'POST' })).status).toBe(501);
});

test('a node without network refuses connections; a frozen one takes them and answers when it runs again', async () => {
  const simulator = await aSimulator('--frozen-ms', '100');
  const { cluster, pve1, pve2 } = lab(simulator);
  await simulator.engine.setState(cluster, pve1, 'down');
  await expect(api(simulator, '/version')).rejects.toThrow('ECONNREFUSED');
  await simulator.engine.setState(cluster, pve1, 'frozen');
  const waiting = api(simulator, '/version');
  expect((await api(simulator, '/nodes/pve1/tasks', { at: pve2 })).status).toBe(596);
  expect(read(await api(simulator, '/nodes', { at: pve2 })).data).toHaveLength(2);
  await simulator.engine.setState(cluster, pve1, 'up');
  expect((await waiting).status).toBe(200);
});

test('with --loose some numbers are texts', async () => {
  const simulator = await aSimulator('--loose', '--scenario', 'quiet', '--rate', '0');
  const rows: { starttime: unknown }[] = read(await api(simulator, '/nodes/pve1/tasks')).data;
  expect(new Set(rows.map(({ starttime }) => typeof starttime))).toEqual(new Set(['number', 'string']));
});

test('plain HTTP is sent to https', async () => {
  const { pve1 } = lab(await aSimulator());
  const answer = await fetch(pve1.url.replace('https', 'http'), { redirect: 'manual' });
  expect(answer.status).toBe(301);
  expect(answer.headers.get('location')).toBe(`${pve1.url}/`);
});

test('a restart with --keep-day tells of the same tasks, so that nobody archives the hours twice', async () => {
  const ended = async (...args: string[]): Promise<string[]> => {
    const simulator = await aSimulator('--scenario', 'busy-day', '--rate', '0', ...args);
    const { data } = read(await api(simulator, '/nodes/pve1/tasks?limit=5000'));
    await simulator.stop();
    running.length = 0;
    return data.map(({ upid, endtime, status }: Record<string, string>) => `${upid} ${endtime} ${status}`);
  };
  const first = await ended('--keep-day');
  const again = await ended('--keep-day');
  const known = new Set(first);
  expect(first.length).toBeGreaterThan(50);
  expect(again.filter((task) => known.has(task)).length).toBeGreaterThan(first.length * 0.95);
});
