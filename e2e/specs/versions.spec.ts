import { expect } from '@playwright/test';
import { totpCode } from '@/e2e/simulator/access/totp';
import { ApiClient } from '@/e2e/support/api-client';
import { PEOPLE, setTheStage, test } from '@/e2e/support/stage';

const VERSIONS = { lab: '7', 'fra-prod': '8', 'oslo-edge': '9' } as const;

const stage = setTheStage({
  args: [
    ...['--clusters', Object.keys(VERSIONS).join(','), '--nodes', '3'],
    ...Object.entries(VERSIONS).flatMap(([id, version]) => ['--pve-of', `${id}=${version}`]),
  ],
});

type Told = { state: string; result: string; exitstatus: string | null };

for (const [cluster, version] of Object.entries(VERSIONS)) {
  test(`Proxmox VE ${version}: sign in with a second factor, see a task start, read its log, stop it, keep it`, async () => {
    const half = new ApiClient(stage.url);
    const { user, password } = PEOPLE.totp;
    const [username = '', realm = ''] = user.split('@');
    const asked = await half.signIn({ cluster, realm, username, password });
    const [, id = '', kinds] = /^TFA:([^:]+):(.+)$/.exec(asked ?? '') ?? [];
    expect(kinds?.split(',')).toEqual(expect.arrayContaining(['totp', 'recovery']));
    const { totp = '' } = stage.world.cluster(cluster).accounts.users.get(user)?.factors ?? {};
    const code = { tfa_id: id, tfa_kind: 'totp', tfa_code: totpCode(totp, Date.now() / 1000) };
    expect(await half.signIn({ cluster, ...code })).toBeNull();

    const admin = await stage.client({ ...PEOPLE.admin, cluster });
    const puppet = stage.world.puppet({ cluster, type: 'vzdump', id: '100' });
    puppet.write('INFO: eins – äöü\n');
    const address = `/api/tasks/${cluster}/${encodeURIComponent(puppet.upid)}`;
    await expect.poll(async () => (await half.ask(address)).status, { timeout: 3_000, intervals: [50] }).toBe(200);
    expect(await admin.json(`${address}/log`)).toMatchObject({ lines: [{ n: 1, t: 'INFO: eins – äöü' }] });
    expect(await half.write('DELETE', address)).toMatchObject({ status: 403 });
    expect(await admin.write('DELETE', address)).toMatchObject({ status: 202 });
    const ended = await admin.json<Told>(`${address}/wait?timeout=20`);
    expect(ended).toMatchObject({ state: 'stopped', result: 'cancelled' });

    await stage.kept({ cluster, upid: puppet.upid });
    stage.world.node({ cluster }).tasks.forget(puppet.upid);
    const raw = await admin.ask(`${address}/log/raw`);
    expect(Buffer.from(await raw.arrayBuffer()).equals(puppet.task.log.bytes())).toBe(true);
    const { clusters } = await admin.json<{ clusters: { id: string; version: string | null }[] }>('/api/clusters');
    expect(clusters.find(({ id: one }) => one === cluster)?.version).toMatch(new RegExp(`^${version}\\.`));
  });
}
