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
  /** Nodes of which everything is seen. */
  audited: ReadonlySet<number>;
};

/**
 * The rule of api-contract 2.11 evaluated once per node and once per actor: `maySeeTask` is "audits the node that listed
 * it" or "owns it", and nothing else of a task counts. A cluster without a view gives nothing.
 */
export function guardOf(dictionaries: Dictionaries, viewer: Viewer): Guard {
  const audited = new Set<number>();
  const others = new Map<string, Set<number>>();
  for (const node of dictionaries.node.entries) {
    const view = viewer.clusters.get(node.cluster);
    if (!view) continue;
    if (auditsNode(view, node.listedBy)) audited.add(node.id);
    else others.set(node.cluster, (others.get(node.cluster) ?? new Set()).add(node.id));
  }
  const own = [...others].map(([cluster, nodes]) => {
    const identity = viewer.clusters.get(cluster)?.identity;
    return allOf([
      idsOf(dictionaries, 'actor_id', (actor) => identity !== undefined && ownsTask(identity, actor.text)),
      idsOf(dictionaries, 'node_id', (node) => nodes.has(node.id)),
    ]);
  });
  return {
    condition: anyOf([idsOf(dictionaries, 'node_id', (node) => audited.has(node.id)), ...own]),
    audited,
    viewOf: (cluster) => viewer.clusters.get(cluster),
    seesGuest: ({ cluster, vmid }) => {
      const view = viewer.clusters.get(cluster);
      return view !== undefined && maySeeGuest(view, vmid);
    },
  };
}
