import { clone, download, importFile, prune, removeImage, restore } from '../logs/disks.ts';
import { factsOf, guestTask } from '../logs/facts.ts';
import { migrate, stopMigration } from '../logs/migrate.ts';
import { aptUpdate, consoleSession, serviceRestart, startAll } from '../logs/node.ts';
import { killed } from '../logs/odd.ts';
import { lines, shutdownFailed, shutdownForced, silent, snapshot, startFailures } from '../logs/power.ts';
import { stopBackup, vzdump } from '../logs/vzdump.ts';
import type { WorkerOrder } from '../tasks/worker.ts';
import type { Cluster, Guest, SimNode } from '../world/model.ts';
import type { Random } from '../world/random.ts';

export type Order = Omit<WorkerOrder, 'random'>;

/** Where and with which luck something happens. */
export type Scene = { cluster: Cluster; node: SimNode; random: Random; now: number };

type Activity = { weight: number; make(scene: Scene): Order | undefined };

/** The next thing that somebody does on a node. */
export function someActivity(scene: Scene): Order {
  const total = ACTIVITIES.reduce((sum, { weight }) => sum + weight, 0);
  for (;;) {
    let at = scene.random.next() * total;
    const chosen = ACTIVITIES.find(({ weight }) => {
      at -= weight;
      return at < 0;
    });
    const order = chosen?.make(scene);
    if (order) return order;
  }
}

const ACTIVITIES: readonly Activity[] = [
  { weight: 16, make: startGuest },
  { weight: 12, make: shutdownGuest },
  { weight: 5, make: stopGuest },
  { weight: 20, make: openConsole },
  { weight: 12, make: backUpOne },
  { weight: 8, make: takeSnapshot },
  { weight: 5, make: dropSnapshot },
  { weight: 6, make: moveGuest },
  { weight: 4, make: cloneGuest },
  {
    weight: 3,
    make: ({ random }) => ({
      type: 'download',
      id: 'debian-13.2.0-amd64-netinst.iso',
      user: 'admin@pve',
      script: download('https://mirror.example/debian-13.2.0-amd64-netinst.iso', random.chance(0.2)),
    }),
  },
  {
    weight: 4,
    make: ({ random }) => ({ type: 'aptupdate', id: '', user: 'root@pam', script: aptUpdate(random.chance(0.08)) }),
  },
  { weight: 3, make: restartService },
  {
    weight: 3,
    make: ({ random }) => ({
      type: 'imgdel',
      id: `${random.int(100, 130)}@local-lvm`,
      user: 'admin@pve!terraform',
      script: removeImage('local-lvm:vm-118-disk-1'),
    }),
  },
  { weight: 2, make: () => ({ type: 'prunebackups', id: 'nas', user: 'root@pam', script: prune('nas') }) },
  { weight: 3, make: ({ random }) => imported(random.pick(['ubuntu-26.04.iso', 'virtio-win.iso', 'opnsense.img'])) },
  { weight: 1, make: lostMove },
  { weight: 2, make: restoreGuest },
  { weight: 2, make: resize },
  { weight: 2, make: startEverything },
  {
    weight: 1,
    make: () => ({
      type: 'hastart',
      id: '102',
      user: 'admin@pve',
      script: lines(['Requesting HA start for VM 102'], 300),
    }),
  },
];

/** A guest of the node that fits and that nobody works on; none when the node has none. */
function someGuest({ cluster, node, random }: Scene, fits: (guest: Guest) => boolean): Guest | undefined {
  const taken = new Set(node.tasks.running.map(({ id }) => id));
  const all = [...cluster.guests.values()].filter(
    (guest) => guest.node === node.name && !guest.template && !taken.has(String(guest.vmid)) && fits(guest),
  );
  return all.length > 0 ? random.pick(all) : undefined;
}

/** Administrators mostly; operators and teams on their own guests; automation by its token. */
function someUser({ cluster, random }: Scene, guest: Guest): string {
  const own = cluster.accounts.acl.some(({ who, path }) => who === 'operator@pve' && path === `/vms/${guest.vmid}`);
  const web = cluster.pools.get('web')?.guests.has(guest.vmid) === true;
  const users = ['admin@pve', 'admin@pve', 'root@pam', 'admin@pve!terraform'];
  if (own) users.push('operator@pve', 'operator@pve', 'operator@pve!deploy');
  if (web) users.push('anna@corp-ldap', 'anna@corp-ldap');
  return random.pick(users);
}

const basics = (scene: Scene, guest: Guest, verb: string): Pick<Order, 'type' | 'id' | 'user'> => ({
  type: guestTask(guest.kind, verb),
  id: String(guest.vmid),
  user: someUser(scene, guest),
});

function startGuest(scene: Scene): Order | undefined {
  const guest = someGuest(scene, ({ status }) => status === 'stopped') ?? someGuest(scene, () => true);
  if (!guest) return undefined;
  const { random } = scene;
  const script = random.chance(0.12)
    ? silent(900, { status: random.pick(startFailures) })
    : silent(random.int(800, 4000));
  return { ...basics(scene, guest, 'start'), script, onEnd: switched(scene, guest, 'running') };
}

function shutdownGuest(scene: Scene): Order | undefined {
  const guest = someGuest(scene, ({ status }) => status === 'running');
  if (!guest) return undefined;
  const { random } = scene;
  const dice = random.next();
  const script = dice < 0.1 ? shutdownFailed : dice < 0.2 ? shutdownForced : silent(random.int(4000, 40_000));
  return { ...basics(scene, guest, 'shutdown'), script, onEnd: switched(scene, guest, 'stopped') };
}

function stopGuest(scene: Scene): Order | undefined {
  const guest = someGuest(scene, ({ status }) => status === 'running');
  return guest && { ...basics(scene, guest, 'stop'), script: silent(1200), onEnd: switched(scene, guest, 'stopped') };
}

/** Guests follow their tasks; switched off ones come back, so that a long run does not end in the dark. */
const switched =
  ({ cluster }: Scene, guest: Guest, to: Guest['status']) =>
  (status: string): void => {
    if (status !== 'OK') return;
    guest.status = to;
    if (to === 'running') guest.startedAt = cluster.clock.seconds();
  };

function openConsole(scene: Scene): Order | undefined {
  const { random } = scene;
  const script = consoleSession(random.int(5000, 900_000), random.chance(0.85));
  if (random.chance(0.2)) return { type: random.pick(['termproxy', 'vncshell']), id: '', user: 'root@pam', script };
  const guest = someGuest(scene, () => true);
  return guest && { type: 'vncproxy', id: String(guest.vmid), user: someUser(scene, guest), script };
}

function backUpOne(scene: Scene): Order | undefined {
  const guest = someGuest(scene, () => true);
  if (!guest) return undefined;
  const facts = factsOf(guest);
  const script = vzdump({
    guests: [facts],
    external: [],
    storage: 'pbs',
    scheduled: false,
    failing: 0.06,
    warning: 0.06,
    rate: 900,
  });
  return { type: 'vzdump', id: String(guest.vmid), user: someUser(scene, guest), script, onTerm: stopBackup(facts) };
}

function takeSnapshot(scene: Scene): Order | undefined {
  const guest = someGuest(scene, () => true);
  const name = `before_${scene.random.pick(['upgrade', 'patch', 'migration', 'test'])}`;
  return (
    guest && {
      ...basics(scene, guest, 'snapshot'),
      script: snapshot(name, guest.kind === 'qemu' && scene.random.chance(0.3)),
    }
  );
}

function dropSnapshot(scene: Scene): Order | undefined {
  const guest = someGuest(scene, () => true);
  const script = lines([`  Logical volume "snap_before_upgrade" successfully removed.`], 900);
  return guest && { ...basics(scene, guest, 'delsnapshot'), script };
}

function moveGuest(scene: Scene): Order | undefined {
  const { cluster, node, random } = scene;
  const others = cluster.nodes.filter((other) => other !== node && other.state === 'up');
  const guest = someGuest(scene, () => true);
  if (!guest || others.length === 0) return undefined;
  const target = random.pick(others).name;
  return {
    ...basics(scene, guest, 'migrate'),
    script: migrate({ guest: factsOf(guest), target, failing: 0.12 }),
    onTerm: stopMigration,
    onEnd: (status) => {
      if (status === 'OK') guest.node = target;
    },
  };
}

function cloneGuest(scene: Scene): Order | undefined {
  const guest = someGuest(scene, ({ kind }) => kind === 'qemu');
  return guest && { ...basics(scene, guest, 'clone'), script: clone(factsOf(guest), scene.random.int(500, 900)) };
}

function restoreGuest(scene: Scene): Order | undefined {
  const guest = someGuest(scene, ({ kind }) => kind === 'qemu');
  return (
    guest && { type: 'qmrestore', id: String(guest.vmid), user: 'admin@pve', script: restore(factsOf(guest), 'pbs') }
  );
}

const imported = (file: string): Order => ({ type: 'imgcopy', id: '', user: 'admin@pve', script: importFile(file) });

/** Whoever kills a worker by hand leaves no final line behind. */
function lostMove(scene: Scene): Order | undefined {
  const guest = someGuest(scene, ({ kind }) => kind === 'qemu');
  return guest && { type: 'qmmove', id: String(guest.vmid), user: 'admin@pve', script: killed, ignoresTerm: true };
}

function resize(scene: Scene): Order | undefined {
  const guest = someGuest(scene, () => true);
  return guest && { type: 'resize', id: String(guest.vmid), user: someUser(scene, guest), script: silent(700) };
}

function restartService({ random }: Scene): Order {
  const service = random.pick(['pveproxy', 'networking', 'pvestatd', 'postfix', 'chrony']);
  return { type: 'srvrestart', id: service, user: 'root@pam', script: serviceRestart(service) };
}

function startEverything(scene: Scene): Order | undefined {
  const guests = [...scene.cluster.guests.values()].filter(
    ({ node, template }) => node === scene.node.name && !template,
  );
  if (guests.length === 0) return undefined;
  const titles = guests.slice(0, 8).map(({ kind, vmid }) => `${kind === 'qemu' ? 'VM' : 'CT'} ${vmid}`);
  const failed = scene.random.chance(0.3) ? titles[0] : undefined;
  return { type: 'startall', id: '', user: 'root@pam', script: startAll(titles, failed) };
}
