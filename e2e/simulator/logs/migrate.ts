import { type Ending, OK, type OnTerm, type Run, type Script, type Step } from '../tasks/script.ts';
import type { Random } from '../world/random.ts';
import { type GuestFacts, titled } from './facts.ts';
import { clockTime, GIB, MIB, Pen, size, stamp } from './pen.ts';

export type MigrationPlan = { guest: GuestFacts; target: string; failing: number };

/** A migration: disks first, then memory for a running VM; a container is shut down and started again (10.2). */
export const migrate = (plan: MigrationPlan): Script =>
  function* script(run: Run) {
    const pen = new Pen(run);
    const { guest, target } = plan;
    const address = `10.0.0.${run.random.int(2, 250)}`;
    yield pen.stamped(`starting migration of ${titled(guest)} to node '${target}' (${address})`, 300);
    const breaks = run.random.chance(plan.failing);
    if (guest.kind === 'lxc') return yield* moveContainer(pen, run.random, plan, breaks);
    if (!guest.running) return yield* moveOffline(pen, run.random, plan, breaks);
    return yield* moveLive(pen, run.random, plan, breaks);
  };

function* moveLive(
  pen: Pen,
  random: Random,
  { guest, target }: MigrationPlan,
  breaks: boolean,
): Generator<Step, Ending> {
  for (const disk of guest.disks) yield pen.stamped(`found local disk '${disk.volume}' (attached)`, 100);
  yield pen.stamped(`starting VM ${guest.vmid} on remote node '${target}'`, 800);
  yield pen.stamped(
    `[${target}] volume '${guest.disks[0]?.volume}' is '${guest.disks[0]?.volume}' on the target`,
    1200,
  );
  yield pen.stamped('start remote tunnel', 900);
  yield pen.stamped('ssh tunnel ver 1', 300);
  for (const disk of guest.disks) yield* mirror(pen, random, disk.key, disk.gib * GIB);
  yield pen.line("all 'mirror' jobs are ready");
  yield pen.stamped(`starting online/live migration on unix:/run/qemu-server/${guest.vmid}.migrate`, 400);
  yield pen.stamped('set migration capabilities', 100);
  yield* memory(pen, random, guest.memoryMib * MIB, breaks);
  if (breaks) return yield* aborted(pen, 'online migrate failure - aborting');
  yield pen.stamped(`average migration speed: ${size(400 * MIB)}/s - downtime ${random.int(18, 160)} ms`, 100);
  yield pen.stamped('migration status: completed');
  yield pen.stamped(`migration finished successfully (duration ${clockTime(pen.elapsedMs())})`, 3000);
  return OK;
}

function* mirror(pen: Pen, random: Random, key: string, total: number): Generator<Step> {
  yield pen.stamped(`${key}: start migration to nbd:unix:/run/qemu-server/mirror.sock:exportname=drive-${key}`, 300);
  yield pen.line(`drive mirror is starting for drive-${key}`);
  const began = pen.atMs();
  for (let done = 0; done < total; ) {
    done = Math.min(total, done + random.int(700, 2600) * MIB);
    const seconds = Math.round((pen.atMs() + 1000 - began) / 1000);
    const share = ((done / total) * 100).toFixed(2);
    const state = done === total ? ', ready' : '';
    const text = `drive-${key}: transferred ${size(done)} of ${size(total)} (${share}%) in ${seconds}s${state}`;
    yield pen.line(text, 1000);
  }
}

/** Pages are sent again while the guest writes: "transferred" may pass the total. */
function* memory(pen: Pen, random: Random, total: number, breaks: boolean): Generator<Step> {
  for (let done = 0; done < total * 1.1; ) {
    const rate = random.int(90, 480) * MIB;
    done += rate;
    const dirty = random.chance(0.2) ? `, VM dirties lots of memory: ${size(rate / 2)}/s` : '';
    const text = `migration active, transferred ${size(done)} of ${size(total)} VM-state, ${size(rate)}/s${dirty}`;
    yield pen.stamped(text, 1000);
    if (random.chance(0.05))
      yield pen.stamped(`auto-increased downtime to continue migration: ${random.int(1, 8) * 100} ms`);
    if (breaks && done > total / 2) return;
  }
}

function* moveOffline(pen: Pen, random: Random, plan: MigrationPlan, breaks: boolean): Generator<Step, Ending> {
  for (const disk of plan.guest.disks) yield pen.stamped(`found local disk '${disk.volume}' (attached)`, 100);
  yield pen.stamped('copying local disk images', 300);
  for (const { gib, volume } of plan.guest.disks) {
    for (let done = 0, s = 3; done < gib * GIB; s += 3) {
      done = Math.min(gib * GIB, done + random.int(250, 1400) * MIB);
      yield pen.line(`${Math.floor(done)} bytes (${size(done)}) copied, ${s} s, ${random.int(98, 480)} MB/s`, 3000);
      if (breaks && done > (gib * GIB) / 3)
        return yield* aborted(pen, `failed to copy volume '${volume}': exit code 255`);
    }
    yield pen.stamped(`volume '${volume}' is '${volume}' on the target`, 500);
  }
  yield pen.stamped(`migration finished successfully (duration ${clockTime(pen.elapsedMs())})`, 1200);
  return OK;
}

function* moveContainer(pen: Pen, random: Random, plan: MigrationPlan, breaks: boolean): Generator<Step, Ending> {
  const { guest, target } = plan;
  if (guest.running) yield pen.stamped(`shutdown CT ${guest.vmid}`, 500);
  for (const disk of guest.disks) {
    yield pen.stamped(`found local volume '${disk.volume}' (in current VM config)`, 2000);
    if (breaks) return yield* aborted(pen, `storage 'local-lvm' is not available on node '${target}'`);
    yield pen.line(`Number of files: ${random.int(20_000, 90_000)}`, random.int(8000, 40_000));
  }
  if (guest.running) yield pen.stamped('start container on target node', 800);
  yield pen.stamped('start final cleanup', 2500);
  yield pen.stamped(`migration finished successfully (duration ${clockTime(pen.elapsedMs())})`, 900);
  return OK;
}

function* aborted(pen: Pen, reason: string): Generator<Step, Ending> {
  yield pen.stamped(`ERROR: ${reason}`, 2000);
  yield pen.stamped('aborting phase 2 - cleanup resources');
  yield pen.stamped('migrate_cancel');
  yield pen.stamped(`ERROR: migration aborted (duration ${clockTime(pen.elapsedMs())}): ${reason}`, 1500);
  return { status: 'migration aborted' };
}

export const stopMigration: OnTerm = (atMs) => ({
  text: [
    'ERROR: online migrate failure - interrupted by signal',
    'aborting phase 2 - cleanup resources',
    'migrate_cancel',
    'ERROR: migration aborted (duration 00:00:21): interrupted by signal',
  ]
    .map((text) => `${stamp(atMs)} ${text}\n`)
    .join(''),
  status: 'migration aborted',
});
