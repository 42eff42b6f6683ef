import type { Guest } from '@/lib/domain/guest';
import { Guests, Nodes, Version } from '@/lib/proxmox/schemas';
import type { Transport } from '@/lib/proxmox/transport';

/** The entry node's version, such as `9.2.11`; in the middle of an upgrade other nodes differ. */
export async function readVersion(pve: Transport, signal?: AbortSignal): Promise<string> {
  return (await pve.send({ path: '/version', signal }, Version)).data;
}

/** All nodes of the cluster, whoever asks; an unknown state counts as not online. */
export async function listNodes(pve: Transport, signal?: AbortSignal): Promise<{ node: string; online: boolean }[]> {
  return (await pve.send({ path: '/nodes', signal }, Nodes)).data;
}

/** The guests that the caller may see (VM.Audit), by VMID; up to ten seconds old. */
export async function listGuests(pve: Transport, signal?: AbortSignal): Promise<Map<number, Guest & { node: string }>> {
  return (await pve.send({ path: '/cluster/resources', query: { type: 'vm' }, signal }, Guests)).data;
}
