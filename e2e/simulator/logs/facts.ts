import type { Disk, Guest } from '../world/model.ts';

/** What a log says about a guest: a copy, since the guest goes on changing. */
export type GuestFacts = {
  vmid: number;
  kind: 'qemu' | 'lxc';
  name: string;
  disks: readonly Disk[];
  memoryMib: number;
  running: boolean;
};

export const factsOf = ({ vmid, kind, name, disks, memoryMib, status }: Guest): GuestFacts => ({
  vmid,
  kind,
  name,
  disks,
  memoryMib,
  running: status === 'running',
});

/** `VM 100` or `CT 101` */
export const titled = ({ kind, vmid }: Pick<GuestFacts, 'kind' | 'vmid'>): string =>
  `${kind === 'qemu' ? 'VM' : 'CT'} ${vmid}`;

/** The type of a guest's task: qmstart, vzstart, but qmigrate. */
export const guestTask = (kind: GuestFacts['kind'], verb: string): string =>
  kind === 'lxc' ? `vz${verb}` : verb === 'migrate' ? 'qmigrate' : `qm${verb}`;
