import type { Failure } from '@/lib/contract/task';
import { isoTime, secondOf } from '@/lib/domain/time';
import type { ClusterView, Viewer } from '@/lib/domain/visibility';
import type { Rights, Standing } from './rights';

/** One configured cluster as one session stands in it. */
export type Seat = {
  id: string;
  name: string;
  /** `user@realm`; undefined when the session is not signed in there. */
  identity: string | undefined;
  aclPaths: ReadonlySet<string> | null;
};

/** What one asker may see, with a failure for each cluster that shows nothing or something old. */
export type Sight = { viewer: Viewer; failures: readonly Failure[] };

/** Puts the views of a session's clusters together. `rightsOf` is asked only for those it is signed in to. */
export async function lookAround(seats: readonly Seat[], rightsOf: (seat: Seat) => Promise<Rights>): Promise<Sight> {
  const clusters = new Map<string, ClusterView>();
  const failures: Failure[] = [];
  const answers = await Promise.all(seats.map(async (seat) => (seat.identity ? await rightsOf(seat) : null)));
  for (const [index, seat] of seats.entries()) {
    const answer = answers[index];
    if (!seat.identity || !answer) {
      const message = `You are not signed in to ${seat.name}, so its tasks are not shown.`;
      failures.push({ cluster: seat.id, code: 'not_signed_in', message, since: null });
      continue;
    }
    const { standing, failure } = answer;
    if (standing) clusters.set(seat.id, viewOf(seat.identity, standing, seat.aclPaths));
    if (failure) failures.push(rowOf(seat.id, failure, standing));
  }
  return { viewer: { clusters }, failures };
}

/** One cluster through one pair of eyes. */
export const viewOf = (
  identity: string,
  { permissions, guests }: Standing,
  aclPaths: ReadonlySet<string> | null,
): ClusterView => ({ identity, permissions, aclPaths, guests });

function rowOf(cluster: string, failure: { code: string; message: string }, standing: Standing | null): Failure {
  const { code, message } = failure;
  if (standing) return { cluster, code, message, since: isoTime(secondOf(standing.at)) };
  // A dead ticket signs out of this cluster only (product rule 6), so it is the same as never having signed in there.
  if (code === 'signed_out') return { cluster, code: 'not_signed_in', message, since: null };
  const unknown = `${message} Your rights there are not known, so its tasks are not shown.`;
  return { cluster, code, message: unknown, since: null };
}
