export type GuestType = 'qemu' | 'lxc';

/** A guest as it was when it was seen: VMIDs are used again after a deletion and names change. */
export type Guest = {
  vmid: number;
  type: GuestType | null;
  name: string | null;
  tags: readonly string[];
  pool: string | null;
};

// Types whose numeric id is no VMID: disks, pools, services, accounts (search-language 5.1).
const NOT_A_GUEST = /^(?:ceph|zfs|disk|lvm|srv|acme|dir)/;

/** The VMID a task is about: its id when that is one, and its type is about guests (search-language 5.1). */
export const vmidOf = (type: string, id: string): number | null =>
  /^[1-9][0-9]{2,8}$/.test(id) && !NOT_A_GUEST.test(type) ? Number(id) : null;

/** Proxmox writes tags as one string, separated by `;` (also `,` and blanks); api-contract 9.3. */
export const splitTags = (text: string): string[] => [...new Set(text.split(/[;,\s]+/).filter((tag) => tag !== ''))];
