import { holds } from '../access/permissions.ts';
import { data, type Result } from '../http/answer.ts';
import type { ApiRoute, Call } from '../http/route.ts';
import { isOnline } from '../world/nodes.ts';
import { guestRow, nodeRow, poolRow, storageRows } from './resource-rows.ts';

export const clusterRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/version',
    run: ({ cluster }) => {
      const { version, release, repoid } = cluster.version;
      return data({ version, release, repoid });
    },
  },
  {
    method: 'GET',
    path: '/',
    run: () => data(['version', 'cluster', 'nodes', 'storage', 'access', 'pools'].map((subdir) => ({ subdir }))),
  },
  { method: 'GET', path: '/cluster', run: listCalls },
  { method: 'GET', path: '/cluster/tasks', run: clusterTasks },
  {
    method: 'GET',
    path: '/cluster/resources',
    params: { type: { type: 'string', oneOf: ['vm', 'storage', 'node', 'sdn'] } },
    run: resources,
  },
  { method: 'GET', path: '/cluster/status', protected: true, needs: ['/', 'Sys.Audit'], run: clusterStatus },
];

function listCalls({ cluster }: Call): Result {
  const names = ['acme', 'backup', 'backup-info', 'bulk-action', 'ceph', 'config', 'firewall', 'ha', 'jobs', 'log'];
  const all = [...names, 'mapping', 'metrics', 'nextid', 'notifications', 'options', 'replication', 'resources', 'sdn'];
  const here = [...all, 'status', 'tasks'].filter((name) => name !== 'bulk-action' || cluster.version.clusterBulk);
  return data(here.map((name) => ({ name })));
}

/** Each node's last broadcast; only Sys.Audit on `/` or an exact user shows a row, so a token alone sees none (2.11). */
function clusterTasks({ cluster, entry, who }: Call): Result {
  const all = holds(cluster, who, '/', 'Sys.Audit');
  const rows = cluster.nodes.flatMap((node) => (entry.lost.has(node.name) ? [] : node.tasks.broadcast));
  return data(rows.filter((row) => all || ('user' in row && row.user === who)));
}

function resources({ cluster, entry, who, params }: Call): Result {
  const rows: object[] = [];
  const wants = (type: string): boolean => params.type === undefined || params.type === type;
  if (params.type === undefined) {
    for (const pool of cluster.pools.values()) {
      if (holds(cluster, who, `/pool/${pool.id}`, 'Pool.Audit')) rows.push(poolRow(pool));
    }
  }
  if (wants('vm')) {
    for (const guest of [...cluster.guests.values()].sort((a, b) => a.vmid - b.vmid)) {
      if (holds(cluster, who, `/vms/${guest.vmid}`, 'VM.Audit')) rows.push(guestRow(cluster, entry, who, guest));
    }
  }
  if (wants('node')) for (const node of cluster.nodes) rows.push(nodeRow(cluster, entry, node, who, 'resources'));
  if (wants('storage')) {
    for (const storage of cluster.storages) {
      if (holds(cluster, who, `/storage/${storage.id}`, 'Datastore.Audit'))
        rows.push(...storageRows(cluster, entry, storage));
    }
  }
  return data(rows);
}

function clusterStatus({ cluster, entry }: Call): Result {
  const nodes = cluster.nodes.map((node) => ({
    type: 'node',
    id: `node/${node.name}`,
    name: node.name,
    nodeid: node.number,
    ip: `10.99.0.${10 + node.number}`,
    level: '',
    local: node === entry ? 1 : 0,
    online: isOnline(entry, node) ? 1 : 0,
  }));
  if (cluster.name === null) return data(nodes);
  const online = nodes.filter((node) => node.online === 1).length;
  const quorate = online * 2 > nodes.length || nodes.length <= 2 ? 1 : 0;
  const head = {
    type: 'cluster',
    id: 'cluster',
    name: cluster.name,
    nodes: nodes.length,
    quorate,
    version: nodes.length,
  };
  return data([head, ...nodes]);
}
