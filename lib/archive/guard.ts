import { auditsNode, type ClusterView, maySeeGuest, ownsTask, type Viewer } from '@/lib/domain/visibility';
import type { Dictionaries, GuestEntry } from './dictionaries';
import { allOf, anyOf, type Condition, idsOf } from './search/condition';

/** What a viewer may see, as ids of the dictionaries: the one guard that every read of the archive takes. */
export type Guard = {
  /** Joined to every search as a tree, `(guard) and (query)`. */
  condition: Condition;
  /** Whether the guest's name, tags and pool may be shown and searched (product rule 2). */
  seesGuest(guest: GuestEntry): boolean;
  viewOf(cluster: string): ClusterView | undefined;
  /** The viewer's own tasks on nodes of which not everything is seen. */
  own: Condition;
  /** Whether this guard was made when the row's node and user were known; of later ones it says nothing. */
  knows(row: { node_id: number; actor_id: number }): boolean;
  /** Nodes of which everything is seen. */
  audited: ReadonlySet<number>;
};

/**
 * The rule of api-contract 2.11 evaluated once per node and once per actor: `maySeeTask` is "audits the node that listed
 * it" or "owns it", and nothing else of a task counts. A cluster without a view gives nothing.
 */
export function guardOf(dictionaries: Dictionaries, viewer: Viewer): Guard {
  const audited = new Set<number>();
  const others = new Map<string, Set<number>>(); // nodes where an identity sees its own tasks alone
  for (const node of dictionaries.node.entries) {
    const view = viewer.clusters.get(node.cluster);
    if (!view) continue;
    if (auditsNode(view, node.listedBy)) audited.add(node.id);
    else others.set(view.identity, (others.get(view.identity) ?? new Set()).add(node.id));
  }
  const own = anyOf(
    [...others].map(([identity, nodes]) =>
      allOf([
        idsOf(dictionaries, 'actor_id', (actor) => ownsTask(identity, actor.text)),
        idsOf(dictionaries, 'node_id', (node) => nodes.has(node.id)),
      ]),
    ),
  );
  const { node, actor } = dictionaries;
  const last = { node: node.lastId, actor: actor.lastId };
  return {
    knows: ({ node_id, actor_id }) => node_id <= last.node && actor_id <= last.actor,
    condition: anyOf([idsOf(dictionaries, 'node_id', (node) => audited.has(node.id)), own]),
    own,
    audited,
    viewOf: (cluster) => viewer.clusters.get(cluster),
    seesGuest: ({ cluster, vmid }) => {
      const view = viewer.clusters.get(cluster);
      return view !== undefined && maySeeGuest(view, vmid);
    },
  };
}
