import { ApiError, data, type Result } from '../http/answer.ts';
import type { Rules } from '../http/params.ts';
import type { ApiRoute, Call } from '../http/route.ts';
import { requirePrivilege } from '../http/serve.ts';
import { factsOf, guestTask, titled } from '../logs/facts.ts';
import { migrate, stopMigration } from '../logs/migrate.ts';
import { aptUpdate } from '../logs/node.ts';
import { silent, snapshot } from '../logs/power.ts';
import { stopBackup, vzdump } from '../logs/vzdump.ts';
import type { Script } from '../tasks/script.ts';
import type { TermBehaviour } from '../tasks/task-table.ts';
import type { Guest } from '../world/model.ts';

/** What a verb does to a guest: why not, how long, and what it is afterwards. */
type Verb = { name: string; refuses(guest: Guest): string | undefined; ms: number; becomes?: Guest['status'] };

const idle = ({ status }: Guest, title: string): string | undefined =>
  status === 'stopped' ? `${title} not running` : undefined;

const VERBS: readonly Verb[] = [
  {
    name: 'start',
    refuses: (guest) => (guest.status === 'running' ? `${titled(guest)} already running` : guest.broken),
    ms: 1500,
    becomes: 'running',
  },
  { name: 'stop', refuses: () => undefined, ms: 1200, becomes: 'stopped' },
  { name: 'shutdown', refuses: (guest) => idle(guest, titled(guest)), ms: 6000, becomes: 'stopped' },
  { name: 'reboot', refuses: (guest) => idle(guest, titled(guest)), ms: 8000 },
  { name: 'reset', refuses: (guest) => idle(guest, titled(guest)), ms: 300 },
  { name: 'suspend', refuses: (guest) => idle(guest, titled(guest)), ms: 700 },
  { name: 'resume', refuses: (guest) => idle(guest, titled(guest)), ms: 300 },
];

const flag = { type: 'boolean' } as const;
const POWER_PARAMS: Rules = { timeout: { type: 'integer', min: 0 }, forceStop: flag, skiplock: flag, todisk: flag };
const MIGRATE_PARAMS: Rules = {
  target: { type: 'string', required: true },
  online: flag,
  restart: flag,
  'with-local-disks': flag,
  bwlimit: { type: 'integer', min: 0 },
};

const power = (kind: Guest['kind']): ApiRoute[] =>
  VERBS.map((verb) => ({
    method: 'POST',
    path: `/nodes/{node}/${kind}/{vmid}/status/${verb.name}`,
    protected: true,
    needs: ['/vms/{vmid}', 'VM.PowerMgmt'],
    params: POWER_PARAMS,
    run: (call) => switchGuest(call, kind, verb),
  }));

const others = (kind: Guest['kind']): ApiRoute[] => [
  {
    method: 'GET',
    path: `/nodes/{node}/${kind}/{vmid}/status/current`,
    protected: true,
    needs: ['/vms/{vmid}', 'VM.Audit'],
    run: (call) => data(currentStatus(call, guestOf(call))),
  },
  {
    method: 'POST',
    path: `/nodes/{node}/${kind}/{vmid}/migrate`,
    protected: true,
    needs: ['/vms/{vmid}', 'VM.Migrate'],
    params: MIGRATE_PARAMS,
    run: (call) => migrateGuest(call, kind),
  },
  {
    method: 'POST',
    path: `/nodes/{node}/${kind}/{vmid}/snapshot`,
    protected: true,
    needs: ['/vms/{vmid}', 'VM.Snapshot'],
    params: { snapname: { type: 'string', required: true }, description: { type: 'string' }, vmstate: flag },
    run: (call) => {
      guestOf(call);
      return begin(
        call,
        guestTask(kind, 'snapshot'),
        snapshot(String(call.params.snapname), call.params.vmstate === true),
      );
    },
  },
];

export const guestRoutes: ApiRoute[] = [
  ...power('qemu'),
  ...power('lxc'),
  ...others('qemu'),
  ...others('lxc'),
  {
    method: 'POST',
    path: '/nodes/{node}/vzdump',
    protected: true,
    params: { vmid: { type: 'string', required: true }, storage: { type: 'string' }, mode: { type: 'string' } },
    run: backUp,
  },
  {
    method: 'POST',
    path: '/nodes/{node}/apt/update',
    protected: true,
    needs: ['/nodes/{node}', 'Sys.Modify'],
    params: { notify: flag, quiet: flag },
    run: (call) => begin(call, 'aptupdate', aptUpdate(false), {}, ''),
  },
];

/** Forks the worker; the answer is its UPID. */
function begin(
  call: Call,
  type: string,
  script: Script,
  more: TermBehaviour & { onEnd?: (status: string) => void } = {},
  id = call.path.vmid ?? '',
): Result {
  const { simulation, cluster, node, who } = call;
  return data(simulation.start(cluster, node, { type, id, user: who, script, ...more }).upid);
}

function missing(call: Call, kind: Guest['kind']): string {
  const folder = kind === 'qemu' ? 'qemu-server' : 'lxc';
  return `Configuration file 'nodes/${call.node.name}/${folder}/${call.path.vmid}.conf' does not exist`;
}

function guestOf(call: Call): Guest {
  const guest = call.cluster.guests.get(Number(call.path.vmid));
  if (guest?.node !== call.node.name) throw new ApiError(500, missing(call, guest?.kind ?? 'qemu'));
  return guest;
}

/** A worker starts whatever the guest is like: an unknown, locked or running one fails inside the task (measured). */
function switchGuest(call: Call, kind: Guest['kind'], verb: Verb): Result {
  const guest = call.cluster.guests.get(Number(call.path.vmid));
  const here = guest?.node === call.node.name && guest.kind === kind;
  const locked = guest?.lock === undefined ? undefined : `${titled(guest)} is locked (${guest.lock})`;
  const reason = here ? (locked ?? verb.refuses(guest)) : missing(call, kind);
  if (reason !== undefined || !guest)
    return begin(call, guestTask(kind, verb.name), silent(200, { status: reason ?? 'OK' }));
  return begin(call, guestTask(kind, verb.name), silent(verb.ms), {
    onEnd: (status) => {
      if (status !== 'OK' || verb.becomes === undefined) return;
      guest.status = verb.becomes;
      guest.startedAt = call.cluster.clock.seconds();
    },
  });
}

function currentStatus({ cluster }: Call, guest: Guest): object {
  const { vmid, name, status, lock, cpus, memoryMib, tags } = guest;
  const uptime = status === 'running' ? cluster.clock.seconds() - guest.startedAt : 0;
  const kindly = guest.kind === 'qemu' ? { qmpstatus: status } : { type: 'lxc' };
  const marks = { ...(lock ? { lock } : {}), ...(tags.length > 0 ? { tags: tags.join(';') } : {}) };
  return {
    vmid,
    name,
    status,
    ...kindly,
    ...marks,
    cpus,
    maxmem: memoryMib * 1024 ** 2,
    mem: 0,
    cpu: 0,
    uptime,
    ha: { managed: 0 },
  };
}

function migrateGuest(call: Call, kind: Guest['kind']): Result {
  const guest = guestOf(call);
  const target = String(call.params.target);
  if (target === call.node.name) throw new ApiError(400, 'target is local node.');
  if (guest.lock !== undefined) throw new ApiError(500, `${titled(guest)} is locked (${guest.lock})`);
  if (kind === 'qemu' && guest.status === 'running' && call.params.online !== true) {
    throw new ApiError(500, "can't migrate running VM without --online");
  }
  guest.lock = 'migrate';
  return begin(call, guestTask(kind, 'migrate'), migrate({ guest: factsOf(guest), target, failing: 0 }), {
    onTerm: stopMigration,
    onEnd: (status) => {
      delete guest.lock;
      if (status === 'OK') guest.node = target;
    },
  });
}

/** One task for the guests of this node; the text OK when none of the selection lives here (6.4). */
function backUp(call: Call): Result {
  const ids = String(call.params.vmid).split(',').map(Number);
  for (const vmid of ids) requirePrivilege(call.cluster, call.who, `/vms/${vmid}`, 'VM.Backup');
  const guests = ids
    .flatMap((vmid) => call.cluster.guests.get(vmid) ?? [])
    .filter(({ node }) => node === call.node.name);
  if (guests.length === 0) return data('OK');
  const external = ids.filter((vmid) => !guests.some((guest) => guest.vmid === vmid));
  const plan = {
    guests: guests.map(factsOf),
    external,
    storage: 'pbs' as const,
    scheduled: false,
    failing: 0,
    warning: 0,
  };
  for (const guest of guests) guest.lock = 'backup';
  const onEnd = (): void => {
    for (const guest of guests) delete guest.lock;
  };
  const id = guests.length === 1 ? String(guests[0]?.vmid) : '';
  return begin(call, 'vzdump', vzdump(plan), { onTerm: stopBackup(plan.guests[0]), onEnd }, id);
}
