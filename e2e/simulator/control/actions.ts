import type { AclEntry } from '../access/accounts.ts';
import type { Engine } from '../world/engine.ts';
import { type Cluster, type Guest, NODE_STATES, type NodeState } from '../world/model.ts';
import { clusterNamed, type Fields, flag, maybeText, nodeNamed, number, placeOf, text } from './fields.ts';
import { appendToLog, finishTask, startTask, taskOf } from './tasks.ts';

type Action = (engine: Engine, fields: Fields, path: readonly string[]) => unknown;

/** Every call of the control port, by method and first part of the path; README.md has their parameters. */
export const actions: Readonly<Record<string, Action>> = {
  'POST /nodes': setNode,
  'POST /tasks': startTask,
  'POST /append': appendToLog,
  'POST /finish': finishTask,
  'POST /forget-log': (engine, fields) => placeOf(engine, fields).node.tasks.forget(taskOf(engine, fields).upid),
  'POST /cleanup': (engine, fields) => ({ deleted: placeOf(engine, fields).node.tasks.deleteOldLogs() }),
  'POST /clock': (engine, fields) => engine.clock.advance(number(fields, 'advance')),
  'POST /daemon-restart': restartDaemon,
  'POST /users': changeUser,
  'POST /acl': changeAcl,
  'POST /guests': changeGuest,
  'GET /stats': (engine) => engine.stats.report(),
  'DELETE /stats': (engine) => engine.stats.reset(),
};

async function setNode(engine: Engine, fields: Fields, [id = '', name = '']: readonly string[]): Promise<void> {
  const cluster = clusterNamed(engine, id);
  const node = nodeNamed(cluster, name);
  if (fields.has('slowMs')) node.slowMs = number(fields, 'slowMs');
  const state = maybeText(fields, 'state');
  if (state === undefined) return;
  if (!isState(state)) throw new Error(`state: expected one of ${NODE_STATES.join(', ')}`);
  await engine.setState(cluster, node, state);
}

const isState = (name: string): name is NodeState => NODE_STATES.some((state) => state === name);

function restartDaemon(engine: Engine, fields: Fields): void {
  const { cluster, node } = placeOf(engine, fields);
  const daemon = maybeText(fields, 'daemon') ?? 'pvedaemon';
  if (daemon !== 'pvedaemon' && daemon !== 'pmxcfs') throw new Error('daemon: expected pvedaemon or pmxcfs');
  engine.restartDaemon(cluster, node, daemon);
}

function changeUser(engine: Engine, fields: Fields): void {
  const { accounts } = clusterNamed(engine, text(fields, 'cluster'));
  const account = accounts.users.get(text(fields, 'userid'));
  if (!account) throw new Error('no such user');
  if (fields.has('enabled')) account.enabled = flag(fields, 'enabled');
  if (fields.has('expire')) account.expire = number(fields, 'expire');
  if (fields.has('password')) account.password = text(fields, 'password');
}

/** Adds an entry, or takes away all that are the same but for the propagate flag when `delete` is set. */
function changeAcl(engine: Engine, fields: Fields): void {
  const { accounts } = clusterNamed(engine, text(fields, 'cluster'));
  const type = maybeText(fields, 'type') ?? 'user';
  if (type !== 'user' && type !== 'group' && type !== 'token') throw new Error('type: expected user, group or token');
  const propagate = fields.get('propagate') !== false;
  const entry: AclEntry = {
    type,
    who: text(fields, 'who'),
    path: text(fields, 'path'),
    role: text(fields, 'role'),
    propagate,
  };
  if (!accounts.roles.has(entry.role)) throw new Error(`no such role: ${entry.role}`);
  const same = (other: AclEntry): boolean =>
    other.type === entry.type && other.who === entry.who && other.path === entry.path && other.role === entry.role;
  accounts.acl = accounts.acl.filter((other) => !same(other));
  if (!flag(fields, 'delete')) accounts.acl.push(entry);
}

function changeGuest(engine: Engine, fields: Fields): void {
  const cluster = clusterNamed(engine, text(fields, 'cluster'));
  const vmid = number(fields, 'vmid');
  const guest = cluster.guests.get(vmid);
  if (!guest) throw new Error('no such guest');
  if (flag(fields, 'delete')) {
    cluster.guests.delete(vmid);
    return;
  }
  change(cluster, guest, fields);
}

function change(cluster: Cluster, guest: Guest, fields: Fields): void {
  const status = maybeText(fields, 'status');
  if (status === 'running' || status === 'stopped') guest.status = status;
  guest.name = maybeText(fields, 'name') ?? guest.name;
  if (fields.has('node')) guest.node = nodeNamed(cluster, text(fields, 'node')).name;
  if (fields.has('tags')) guest.tags = text(fields, 'tags').split(';');
  if (fields.get('lock') === null) delete guest.lock;
  else if (fields.has('lock')) guest.lock = text(fields, 'lock');
}
