import type { ActorEntry } from '@/lib/archive/dictionaries';
import type { BoundQuery, UserTest } from '@/lib/domain/search/bound';
import { fits, hasNumber } from '@/lib/domain/search/match';
import { splitActor } from '@/lib/domain/upid';
import { allOf, anyOf, type Condition, idsOf } from './condition';
import type { Scope } from './resolve';

type UserLeaf = Extract<BoundQuery, { kind: 'user' }>;

/** Search-language 5.2. `current` is another person in each cluster, so that it is asked cluster by cluster. */
export function resolveUser({ dictionaries, guard }: Scope, leaf: UserLeaf, negate: boolean): Condition {
  const actorsFor = (current: string | undefined): Condition =>
    idsOf(
      dictionaries,
      'actor_id',
      (actor) => leaf.any.some((test) => userFits(test, actor, current)) !== leaf.not,
      negate,
    );
  if (!leaf.any.some((test) => test.how === 'current')) return actorsFor(undefined);
  const clusters = new Set([...dictionaries.node.entries].map((node) => node.cluster));
  return anyOf(
    [...clusters].map((cluster) => {
      const identity = guard.viewOf(cluster)?.identity;
      return allOf([
        idsOf(dictionaries, 'node_id', (node) => node.cluster === cluster),
        actorsFor(identity === undefined ? undefined : splitActor(identity).user),
      ]);
    }),
  );
}

function userFits(test: UserTest, actor: ActorEntry, current: string | undefined): boolean {
  switch (test.how) {
    case 'name':
      return actor.user.slice(0, Math.max(actor.user.lastIndexOf('@'), 0)) === test.value;
    case 'user':
      return actor.user === test.value;
    case 'userWithToken':
      return actor.text === test.value;
    case 'like':
      return fits(test.pattern, test.withToken ? actor.text : actor.user);
    case 'number':
      return hasNumber(test.digits, actor.user);
    case 'current':
      return actor.user === current;
  }
}
