import { holds } from '../access/permissions.ts';
import { ApiError, data, type Result } from '../http/answer.ts';
import type { Rule, Rules } from '../http/params.ts';
import type { ApiRoute, Call } from '../http/route.ts';
import { guestTask, titled } from '../logs/facts.ts';
import { silent } from '../logs/power.ts';
import type { Ending, Step } from '../tasks/script.ts';
import type { Task } from '../tasks/task-table.ts';
import type { Guest } from '../world/model.ts';

/** What one of the bulk actions does to one guest (6.8). */
type Bulk = {
  name: string;
  verb: string;
  /** The guest's state that leaves nothing to do. */
  done: Guest['status'];
  becomes: Guest['status'];
  says(guest: Guest, timeout: number): string;
  failed(ids: string): string;
};

const BULKS: readonly Bulk[] = [
  {
    name: 'start',
    verb: 'start',
    done: 'running',
    becomes: 'running',
    says: (guest) => `Starting ${titled(guest)}`,
    failed: (ids) => `Some guests failed to start: ${ids}`,
  },
  {
    name: 'shutdown',
    verb: 'shutdown',
    done: 'stopped',
    becomes: 'stopped',
    says: (guest, timeout) => `Shutting down ${titled(guest)} (Timeout = ${timeout} seconds)`,
    failed: (ids) => `Some guests failed to shutdown ${ids}`,
  },
];

const workers: Rule = { type: 'integer', min: 1, max: 64 };
const PARAMS: Rules = {
  vms: { type: 'integers' },
  timeout: { type: 'integer', min: 0 },
  'force-stop': { type: 'boolean' },
  'max-workers': workers,
  maxworkers: workers,
};

const since: ApiRoute['since'] = ({ version }) => version.clusterBulk;

/** Since 9.0.14; older releases answer 501 as to any unknown call. */
export const bulkRoutes: ApiRoute[] = [
  { method: 'GET', path: '/cluster/bulk-action', since, run: () => data([{ name: 'guest' }]) },
  {
    method: 'GET',
    path: '/cluster/bulk-action/guest',
    since,
    run: () => data(BULKS.map(({ name }) => ({ name }))),
  },
  ...BULKS.map(
    (bulk): ApiRoute => ({
      method: 'POST',
      path: `/cluster/bulk-action/guest/${bulk.name}`,
      protected: true,
      since,
      params: PARAMS,
      run: (call) => runBulk(call, bulk),
    }),
  ),
];

/** The right on every guest named, else on `/`; an empty list demands the latter and then does nothing. */
function runBulk(call: Call, bulk: Bulk): Result {
  const { simulation, cluster, entry, who, params } = call;
  const ids = Array.isArray(params.vms) ? params.vms : undefined;
  const paths = ids && ids.length > 0 ? ids.map((vmid) => `/vms/${vmid}`) : ['/'];
  const denied = paths.find((path) => !holds(cluster, who, path, 'VM.PowerMgmt'));
  if (denied !== undefined) throw new ApiError(403, `Permission check failed (${denied}, VM.PowerMgmt)`);
  const guests = [...cluster.guests.values()]
    .filter(({ vmid, template }) => !template && (!ids || ids.includes(vmid)))
    .sort((a, b) => a.vmid - b.vmid);
  const all = !ids || ids.length === 0;
  const task = simulation.start(cluster, entry, {
    type: `bulk-${bulk.name}`,
    id: '',
    user: who,
    script: () => parent(call, bulk, guests, all),
  });
  return data(task.upid);
}

/** Starts one child after the other and looks once a second whether it has ended. */
function* parent(call: Call, bulk: Bulk, guests: readonly Guest[], all: boolean): Generator<Step, Ending> {
  const list = guests.map(({ vmid }) => vmid).join(', ');
  yield say(
    bulk.name === 'start'
      ? `Starting ${all ? 'all guests' : `guests: ${list}`}`
      : `Shutting down ${all ? 'all guests' : `guests: ${list}`}`,
  );
  const failed: number[] = [];
  let warnings = 0;
  for (const guest of guests) {
    if (guest.status === bulk.done) {
      warnings += 1;
      yield say(`WARN: Skipping ${titled(guest)}, ${bulk.done === 'running' ? 'already' : 'not'} running.`);
      continue;
    }
    yield say(bulk.says(guest, Number(call.params.timeout ?? 180)));
    const child = startChild(call, bulk, guest);
    while (child.exitStatus === undefined) yield { afterMs: 1000, text: '' };
    if (child.exitStatus === 'OK') continue;
    failed.push(guest.vmid);
    yield say(`WARN: ${bulk.says(guest, 0).split(' (')[0]} failed: ${child.exitStatus}`);
  }
  if (failed.length > 0) return { status: bulk.failed(failed.join(', ')) };
  return { status: warnings > 0 ? `WARNINGS: ${warnings}` : 'OK' };
}

const say = (text: string): Step => ({ afterMs: 50, text: `${text}\n` });

function startChild({ simulation, cluster, entry, who }: Call, bulk: Bulk, guest: Guest): Task {
  const node = cluster.nodes.find(({ name }) => name === guest.node) ?? entry;
  const reason = guest.lock === undefined ? guest.broken : `${titled(guest)} is locked (${guest.lock})`;
  return simulation.start(cluster, node, {
    type: guestTask(guest.kind, bulk.verb),
    id: String(guest.vmid),
    user: who,
    script: reason !== undefined && bulk.verb === 'start' ? silent(300, { status: reason }) : silent(1500),
    onEnd: (status) => {
      if (status === 'OK') guest.status = bulk.becomes;
    },
  });
}
