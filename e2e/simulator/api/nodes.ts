import { data, type Result } from '../http/answer.ts';
import type { ApiRoute, Call } from '../http/route.ts';
import { nodeRow } from './resource-rows.ts';

const NODE_CALLS =
  'aplinfo apt capabilities ceph certificates config disks dns firewall hardware hosts journal lxc migrateall netstat network ' +
  'qemu query-oci-repo-tags query-url-metadata replication report rrd rrddata scan sdn services spiceshell startall status ' +
  'stopall storage subscription suspendall syslog tasks termproxy time version vncshell vncwebsocket vzdump wakeonlan';

export const nodeRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/nodes',
    run: ({ cluster, entry, who }) => data(cluster.nodes.map((node) => nodeRow(cluster, entry, node, who, 'nodes'))),
  },
  { method: 'GET', path: '/nodes/{node}', run: () => data(NODE_CALLS.split(' ').map((name) => ({ name }))) },
  {
    method: 'GET',
    path: '/nodes/{node}/version',
    run: ({ cluster }) => {
      const { version, release, repoid } = cluster.version;
      return data({ version, release, repoid });
    },
  },
  { method: 'GET', path: '/nodes/{node}/status', needs: ['/nodes/{node}', 'Sys.Audit'], run: nodeStatus },
];

function nodeStatus({ cluster, node }: Call): Result {
  const total = node.memoryGib * 1024 ** 3;
  const { version, repoid } = cluster.version;
  return data({
    pveversion: `pve-manager/${version}/${repoid}`,
    uptime: cluster.clock.seconds() - node.bootedAt,
    idle: 0,
    wait: 0.01,
    cpu: 0.2,
    loadavg: ['0.42', '0.37', '0.31'],
    cpuinfo: {
      cpus: node.cpus,
      cores: node.cpus / 2,
      sockets: 1,
      mhz: '2596.136',
      model: 'AMD EPYC 7302P 16-Core Processor',
      vendor: 'AuthenticAMD',
      family: '23',
      flags: 'fpu vme de pse tsc msr svm',
      hvm: 'svm',
      user_hz: 100,
    },
    memory: { total, used: Math.floor(total / 2), free: Math.floor(total / 2), available: Math.floor(total / 2) },
    swap: { total: 0, used: 0, free: 0 },
    rootfs: { total: 96 * 1024 ** 3, used: 31 * 1024 ** 3, free: 65 * 1024 ** 3, avail: 60 * 1024 ** 3 },
    ksm: { shared: 0 },
    'boot-info': { mode: 'legacy-bios' },
    'current-kernel': {
      sysname: 'Linux',
      release: '6.17.4-1-pve',
      machine: 'x86_64',
      version: '#1 SMP PREEMPT_DYNAMIC',
    },
    kversion: 'Linux 6.17.4-1-pve',
  });
}
