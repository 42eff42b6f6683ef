import { signCsrf, signTicket } from '@/e2e/simulator/access/tickets';
import type { World } from './world';

/** A secret, by a name that may be shown. */
export type Canary = { name: string; secret: string };

/** Every ticket and CSRF token that the world can have handed out to these people since `since` (ms), half tickets too. */
export function handedOut(world: World, people: readonly string[], since: number): Canary[] {
  const now = Math.floor(Date.now() / 1000);
  return world.clusters.flatMap(({ id }) => {
    const { key } = world.cluster(id).accounts;
    const canaries: Canary[] = [];
    for (let second = Math.floor(since / 1000); second <= now; second += 1) {
      for (const user of people) {
        canaries.push(
          { name: `ticket of ${user} in ${id}`, secret: bodyOf(signTicket(key, user, second)) },
          { name: `CSRF token of ${user} in ${id}`, secret: signCsrf(key, user, second).slice(9) },
        );
      }
    }
    return canaries;
  });
}

/** What the world keeps for good: passwords, API tokens, second factors. */
export function kept(world: World): Canary[] {
  return world.clusters.flatMap(({ id }) =>
    [...world.cluster(id).accounts.users.values()].flatMap(({ userid, password, tokens, factors }) => [
      { name: `password of ${userid}`, secret: password },
      ...[...tokens.values()].map(({ name, secret }) => ({ name: `token ${userid}!${name}`, secret })),
      ...(factors.totp ? [{ name: `authenticator of ${userid}`, secret: factors.totp }] : []),
    ]),
  );
}

/** The names of the canaries that are in a text, however they were written into it. */
export function found(text: string, canaries: readonly Canary[]): string[] {
  const shown = [/PVE:[^\s"']{1,80}:[0-9A-F]{8}::/, /PVE%3A/i].filter((ticket) => ticket.test(text)).map(String);
  const names = canaries.filter(({ secret }) => secret !== '' && spellings(secret).some((one) => text.includes(one)));
  return [...shown, ...new Set(names.map(({ name }) => name))];
}

/** The signature of a ticket without its last characters, which an encoding could join to what follows. */
const bodyOf = (ticket: string): string => ticket.slice(ticket.indexOf('::') + 2, -8).slice(0, 64);

function spellings(secret: string): string[] {
  const base64 = Buffer.from(secret)
    .toString('base64')
    .replace(/.{0,3}=*$/, '');
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      ...(base64.length > 12 ? [base64] : []),
    ]),
  ];
}
