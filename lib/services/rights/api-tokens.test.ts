import { expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { Throttle } from '@/lib/services/sign-in/throttle';
import { ApiTokens } from './api-tokens';
import { RightsCache } from './rights';

const RIGHT = 'root@pam!ci=11111111-2222-3333-4444-555555555555';

function aCluster() {
  const world = { now: 1_000_000, asked: 0, away: false, alive: true, lines: [] as string[] };
  const throttle = new Throttle(() => world.now);
  const tokens = new ApiTokens(new RightsCache(() => world.now), throttle, () => world.now);
  const accept = (text = RIGHT, address = '192.0.2.1') =>
    tokens.accept({
      cluster: 'lab',
      text,
      address,
      readers: (line) => ({
        async readPermissions() {
          world.asked += 1;
          world.lines.push(line ?? 'own');
          if (world.away) throw new AppError('cluster_unreachable', 'Lab cannot be reached: https://10.0.0.1:8006 …');
          if (text !== RIGHT || !world.alive) throw new AppError('signed_out', 'Authentication failed!');
          return { '/': { 'Sys.Audit': 1 } };
        },
        readGuests: async () => new Set<number>(),
      }),
    });
  return { world, accept };
}

test('a token is its own identity, proved by the cluster and good for a minute', async () => {
  const { world, accept } = aCluster();
  for (let n = 0; n < 20; n += 1) expect(await accept()).toMatchObject({ identity: 'root@pam!ci' });
  expect(world.asked).toBe(1);
  world.now += 60_000;
  world.alive = false;
  await expect(accept()).rejects.toMatchObject({ code: 'signed_out' });
});

test('the same token with another secret shares nothing with the right one', async () => {
  const { accept } = aCluster();
  await accept();
  await expect(accept('root@pam!ci=wrong')).rejects.toMatchObject({ code: 'signed_out' });
});

test('a refused token is remembered for a minute, as a 401 costs Proxmox three seconds', async () => {
  const { world, accept } = aCluster();
  for (let n = 0; n < 20; n += 1)
    await expect(accept('root@pam!ci=wrong')).rejects.toMatchObject({ code: 'signed_out' });
  expect(world.asked).toBe(1);
  world.now += 60_000;
  await expect(accept('root@pam!ci=wrong')).rejects.toMatchObject({ code: 'signed_out' });
  expect(world.asked).toBe(2);
});

test('a thousand guessed secrets reach the cluster ten times; the right token goes on working', async () => {
  const { world, accept } = aCluster();
  await accept();
  const guesses = Array.from({ length: 1_000 }, (_, n) => accept(`root@pam!ci=guess-${n}`).catch(() => undefined));
  await Promise.all(guesses);
  expect(world.asked).toBe(11);
  world.now += 61_000;
  expect(await accept()).toMatchObject({ identity: 'root@pam!ci' });
  expect([world.lines[0], world.lines.at(-1)]).toEqual(['strangers', 'own']);
});

test('no last known rights stand in for a token: a cluster that is away is away', async () => {
  const { world, accept } = aCluster();
  await accept();
  world.away = true;
  world.now += 60_000;
  await expect(accept()).rejects.toMatchObject({
    code: 'cluster_unreachable',
    message: 'lab does not answer, so the API token cannot be checked.',
  });
});

test.each(['', 'root', 'root@pam=secret', 'root@pam!=secret', 'root@pam!ci', '=x', 'a/b@pam!ci=x'])(
  '%j is no token and asks nobody',
  async (text) => {
    const { world, accept } = aCluster();
    await expect(accept(text)).rejects.toMatchObject({ code: 'signed_out' });
    expect(world.asked).toBe(0);
  },
);

test('no refusal names the secret', async () => {
  const { accept } = aCluster();
  const error: unknown = await accept('root@pam!ci=CANARY').catch((thrown: unknown) => thrown);
  expect(`${error} ${JSON.stringify(error)}`).not.toContain('CANARY');
});
