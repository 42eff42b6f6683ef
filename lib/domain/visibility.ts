import { splitActor } from './upid';

/** `GET /access/permissions`: path → privilege → propagate flag. Presence means "has it"; 0 is still a yes (api-contract 2.10). */
export type Permissions = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What one person, or one API token, may see of one cluster. */
export type ClusterView = {
  /** `user@realm`, or the full token id `user@realm!name`. */
  identity: string;
  permissions: Permissions;
  /**
   * Every path that some ACL of the cluster names; null when the collector could not learn them. Proxmox leaves a path
   * without any privilege out of `permissions`, so without this list a NoAccess below an inherited right goes unseen.
   */
  aclPaths: ReadonlySet<string> | null;
  /** VMIDs in this viewer's own `cluster/resources` (product rule 2). */
  guests: ReadonlySet<number>;
};

/** A signed-in person with what they may see: one view per cluster they are signed in to, no other cluster exists for them. */
export type Viewer = { readonly clusters: ReadonlyMap<string, ClusterView> };

/** Whether the privilege is held on the path: the nearest listed ancestor decides, by its propagate flag (api-contract 2.10). */
export function hasPrivilege(view: ClusterView, path: string, privilege: string): boolean {
  for (let at = path, own = true; ; at = parentOf(at), own = false) {
    const held = view.permissions[at];
    if (held) return own ? privilege in held : (held[privilege] ?? 0) === 1;
    if (view.aclPaths?.has(at) || at === '/') return false;
  }
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 1));

/** Sys.Audit on a node: sees all of its tasks. */
export const auditsNode = (view: ClusterView, node: string): boolean =>
  hasPrivilege(view, `/nodes/${node}`, 'Sys.Audit');

/**
 * The rule for one task, api-contract 2.11, the row of archived entries, status and log: Sys.Audit on the node it was
 * listed by, or one's own task, or the task of one's own token. `actor` is the last field of the UPID.
 */
export const maySeeTask = (view: ClusterView, listedBy: string, actor: string): boolean =>
  ownsTask(view.identity, actor) || auditsNode(view, listedBy);

/** A token sees its own tasks, a user also those of their tokens; never the other way round. */
export const ownsTask = (identity: string, actor: string): boolean =>
  identity === actor || (splitActor(actor).token !== undefined && splitActor(actor).user === identity);

/**
 * Whether a guest's name, tags and pool may be shown (product rule 2): it is among the viewer's guests, or, so that the
 * name of a guest that is gone stays readable, VM.Audit on its path is certain.
 */
export const maySeeGuest = (view: ClusterView, vmid: number): boolean =>
  view.guests.has(vmid) || (view.aclPaths !== null && hasPrivilege(view, `/vms/${vmid}`, 'VM.Audit'));
