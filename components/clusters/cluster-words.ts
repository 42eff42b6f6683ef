import { ageText, clockTime, msOf } from '@/lib/client/format-time';
import type { ClusterStatus } from '@/lib/contract/cluster';

/** The state of a cluster in words: `no answer since 14:18, 14 min`. */
export function stateWords(cluster: ClusterStatus, now: number, zone: string): string {
  const since = cluster.since === null ? null : msOf(cluster.since);
  const when = since === null ? '' : ` since ${clockTime(since, now, zone)}, ${ageText((now - since) / 1000)}`;
  switch (cluster.state) {
    case 'ok':
      return cluster.as_of === null ? 'answering' : `answering, ${ageText((now - msOf(cluster.as_of)) / 1000)} old`;
    case 'starting':
      return 'first sweep is running';
    case 'away':
      return `no answer${when}`;
    case 'refused':
      return `refuses the collector’s token${when}`;
    case 'not_signed_in':
      return 'you are not signed in there';
  }
}

/** Away first, then what is still starting, then by name. */
export const byUrgency = (a: ClusterStatus, b: ClusterStatus): number =>
  RANK[a.state] - RANK[b.state] || a.name.localeCompare(b.name);

const RANK = { away: 0, refused: 1, starting: 2, ok: 3, not_signed_in: 4 } satisfies Record<
  ClusterStatus['state'],
  number
>;

/** `6 s ago`, or `–` when it never was. */
export const agoText = (iso: string | null, now: number): string =>
  iso === null ? '–' : `${ageText((now - msOf(iso)) / 1000)} ago`;

/** `12 of 12 nodes`, how many of them answer. */
export function nodesText(nodes: ClusterStatus['nodes']): string {
  const online = nodes.filter(({ state }) => state === 'online').length;
  return `${online} of ${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}`;
}
