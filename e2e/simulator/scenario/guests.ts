import type { Guest, Pool } from '../world/model.ts';
import type { Random } from '../world/random.ts';

const NAMES =
  'web-01 web-02 web-03 db-primary db-replica cache mail gitlab ci-runner-1 ci-runner-2 ci-runner-3 monitoring grafana vault ' +
  'ldap dns-1 dns-2 proxy vpn-gw jump backup-proxy nextcloud wiki chat jira confluence erp crm build-win build-mac artifactory ' +
  'registry k8s-cp-1 k8s-cp-2 k8s-cp-3 k8s-w-1 k8s-w-2 k8s-w-3 k8s-w-4 elastic-1 elastic-2 elastic-3 kafka-1 kafka-2 kafka-3 ' +
  'redis postgres-ha minio loki tempo staging-web staging-db dev-anna dev-boris dev-chen test-migration legacy-crm printer-srv ' +
  'fileserver terminal-01 terminal-02 phone-sys camera-nvr weather mqtt homeassistant unifi';

const TAGS = [['prod'], ['prod', 'web'], ['prod', 'db'], ['staging'], ['dev'], ['backup-daily'], ['k8s', 'prod'], []];

/** `count` guests spread over the nodes, numbered from 100; every fifth a container, a few stopped, one template. */
export function makeGuests(random: Random, nodes: readonly string[], count: number, now: number): Map<number, Guest> {
  const names = NAMES.split(' ');
  const guests = new Map<number, Guest>();
  for (let i = 0; i < count; i += 1) {
    const vmid = 100 + i + Math.floor(i / 12) * 88;
    const kind = i % 5 === 4 ? 'lxc' : 'qemu';
    const storage = random.chance(0.6) ? 'local-lvm' : 'ceph-vm';
    const disks = Array.from({ length: random.chance(0.25) ? 2 : 1 }, (_, at) => ({
      key: kind === 'lxc' ? (at === 0 ? 'rootfs' : 'mp0') : `scsi${at}`,
      volume: `${storage}:vm-${vmid}-disk-${at}`,
      gib: random.pick([8, 16, 32, 32, 64, 100, 200]),
    }));
    guests.set(vmid, {
      vmid,
      kind,
      name: `${names[i % names.length] ?? 'guest'}${i >= names.length ? `-${Math.floor(i / names.length) + 1}` : ''}`,
      node: nodes[i % nodes.length] ?? '',
      status: random.chance(0.85) ? 'running' : 'stopped',
      template: false,
      tags: random.pick(TAGS),
      cpus: random.pick([1, 2, 2, 4, 8]),
      memoryMib: random.pick([1024, 2048, 4096, 4096, 8192, 16384]),
      disks,
      startedAt: now - random.int(3600, 40 * 86_400),
    });
  }
  guests.set(9000, {
    vmid: 9000,
    kind: 'qemu',
    name: 'debian-13-template',
    node: nodes[0] ?? '',
    status: 'stopped',
    template: true,
    tags: ['template'],
    cpus: 2,
    memoryMib: 2048,
    disks: [{ key: 'scsi0', volume: 'local-lvm:base-9000-disk-0', gib: 8 }],
    startedAt: now,
  });
  return guests;
}

/** Pool `web` has the guests with that tag or name; pool `databases` the others that say so. */
export function makePools(guests: Map<number, Guest>): Map<string, Pool> {
  const member = (test: (guest: Guest) => boolean): Set<number> =>
    new Set([...guests.values()].filter(test).map(({ vmid }) => vmid));
  return new Map([
    ['web', { id: 'web', guests: member(({ name }) => name.startsWith('web')), storages: new Set(['local-lvm']) }],
    ['databases', { id: 'databases', guests: member(({ name }) => name.startsWith('db')), storages: new Set() }],
  ]);
}
