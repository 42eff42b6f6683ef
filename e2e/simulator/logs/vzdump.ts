import { type Ending, OK, type OnTerm, type Run, type Script, type Step } from '../tasks/script.ts';
import type { Random } from '../world/random.ts';
import { type GuestFacts, titled } from './facts.ts';
import { clockTime, duration, GIB, MIB, Pen, size, stamp } from './pen.ts';

export type BackupPlan = {
  guests: readonly GuestFacts[];
  /** Guests of the selection that live elsewhere. */
  external: readonly number[];
  storage: 'pbs' | 'nas';
  scheduled: boolean;
  /** Chance that one guest fails, and that one leaves warnings behind. */
  failing: number;
  warning: number;
  notes?: string;
  /** MiB per second; small values make long logs. */
  rate?: number;
};

type Outcome = 'ok' | 'failed' | 'warned';

/** A backup job over its guests in ascending order (10.1). */
export const vzdump = (plan: BackupPlan): Script =>
  function* script(run: Run) {
    const pen = new Pen(run);
    const ids = plan.guests.map(({ vmid }) => vmid).join(' ');
    const quiet = plan.scheduled ? ' --quiet 1' : '';
    const notes = plan.notes ?? '{{guestname}}';
    yield pen.line(
      `INFO: starting new backup job: vzdump ${ids} --storage ${plan.storage} --mode snapshot${quiet} --notes-template '${notes}'`,
    );
    if (plan.external.length > 0) yield pen.line(`INFO: skip external VMs: ${plan.external.join(', ')}`);
    const outcomes: Outcome[] = [];
    for (const guest of plan.guests) {
      const dice = run.random.next();
      const outcome = dice < plan.failing ? 'failed' : dice < plan.failing + plan.warning ? 'warned' : 'ok';
      yield* oneGuest(pen, run.random.fork(guest.vmid), guest, plan, outcome);
      outcomes.push(outcome);
    }
    return yield* jobEnd(pen, outcomes);
  };

function* jobEnd(pen: Pen, outcomes: readonly Outcome[]): Generator<Step, Ending> {
  if (outcomes.includes('failed')) {
    yield pen.line('INFO: Backup job finished with errors');
    return { status: 'job errors' };
  }
  yield pen.line('INFO: Backup job finished successfully');
  const warned = outcomes.filter((outcome) => outcome === 'warned').length;
  return warned > 0 ? { status: `WARNINGS: ${warned}` } : OK;
}

function* oneGuest(pen: Pen, random: Random, guest: GuestFacts, plan: BackupPlan, outcome: Outcome): Generator<Step> {
  const began = pen.atMs();
  yield pen.line(`INFO: Starting Backup of VM ${guest.vmid} (${guest.kind})`, 200);
  yield pen.line(`INFO: Backup started at ${pen.time()}`);
  yield pen.line(`INFO: status = ${guest.running ? 'running' : 'stopped'}`);
  yield pen.line(`INFO: ${guest.kind === 'qemu' ? 'VM' : 'CT'} Name: ${guest.name}`, 300);
  for (const disk of guest.disks) {
    yield guest.kind === 'qemu'
      ? pen.line(`INFO: include disk '${disk.key}' '${disk.volume}' ${disk.gib}G`)
      : pen.line(`INFO: including mount point ${disk.key} ('${disk.key === 'rootfs' ? '/' : '/data'}') in backup`);
  }
  if (outcome === 'failed' && random.chance(0.5)) {
    yield* failed(pen, guest, `${titled(guest)} qmp command 'backup' failed - got timeout`, 30_000);
    return;
  }
  yield pen.line('INFO: backup mode: snapshot');
  yield pen.line('INFO: ionice priority: 7');
  yield* archiveLine(pen, guest, plan);
  if (outcome === 'warned') yield pen.line("WARN: guest agent is not running - skipping 'fs-freeze'", 1000);
  else if (guest.running) yield pen.line("INFO: issuing guest-agent 'fs-freeze' command", 400);
  if (guest.kind === 'qemu') yield* copyDisks(pen, random, guest, plan, outcome === 'failed');
  else yield* copyTree(pen, random, guest);
  if (outcome === 'failed') {
    yield* failed(pen, guest, 'backup write data failed: command error: write_data upload error: broken pipe', 1500);
    return;
  }
  yield* after(pen, plan, guest, began);
}

function* archiveLine(pen: Pen, guest: GuestFacts, plan: BackupPlan): Generator<Step> {
  const kind = guest.kind === 'qemu' ? 'vm' : 'ct';
  const iso = `${new Date(pen.atMs()).toISOString().slice(0, 19)}Z`;
  const file = `vzdump-${guest.kind}-${guest.vmid}-${iso.replace(/[-:TZ]/g, '_')}.${kind === 'vm' ? 'vma' : 'tar'}.zst`;
  yield plan.storage === 'pbs'
    ? pen.line(`INFO: creating Proxmox Backup Server archive '${kind}/${guest.vmid}/${iso}'`, 200)
    : pen.line(`INFO: creating vzdump archive '/mnt/pve/nas/dump/${file}'`, 200);
}

/** Percent lines about every 3 s, sparse stretches faster (10.1). */
function* copyDisks(pen: Pen, random: Random, guest: GuestFacts, plan: BackupPlan, breaks: boolean): Generator<Step> {
  const total = guest.disks.reduce((sum, { gib }) => sum + gib, 0) * GIB;
  if (guest.running) yield pen.line("INFO: issuing guest-agent 'fs-thaw' command", 500);
  yield pen.line(`INFO: started backup task '${uuid(random)}'`, 100);
  yield pen.line('INFO: resuming VM again');
  for (const disk of guest.disks) {
    const dirty = disk.gib * GIB * random.next() * 0.2;
    yield pen.line(`INFO: ${disk.key}: dirty-bitmap status: OK (${size(dirty)} of ${size(disk.gib * GIB)} dirty)`);
  }
  const rate = (plan.rate ?? random.int(140, 480)) * MIB;
  const began = pen.atMs();
  let done = 0;
  let shown = -1;
  while (done < total) {
    const wait = random.int(3000, 4200);
    const read = rate * (0.5 + random.next()) * (random.chance(0.15) ? 6 : 1);
    done = Math.min(total, done + (read * wait) / 1000);
    const percent = Math.floor((done / total) * 100);
    if (breaks && percent > 55) return;
    if (percent === shown && done < total) continue;
    shown = percent;
    const speeds = `read: ${size(read)}/s, write: ${size(read * random.next())}/s`;
    const text = `INFO: ${String(percent).padStart(3)}% (${size(done)} of ${size(total)}) in`;
    yield pen.line(`${text} ${duration(pen.atMs() + wait - began)}, ${speeds}`, wait);
  }
  const zero = total * 0.3 * random.next();
  yield pen.line(`INFO: backup is sparse: ${size(zero, 2)} (${Math.floor((zero / total) * 100)}%) total zero data`);
  const seconds = Math.max(1, Math.round((pen.atMs() - began) / 1000));
  yield pen.line(`INFO: transferred ${size(total, 2)} in ${seconds} seconds (${size(total / seconds)}/s)`);
}

function* copyTree(pen: Pen, random: Random, guest: GuestFacts): Generator<Step> {
  const bytes = (guest.disks[0]?.gib ?? 8) * GIB * (0.2 + random.next() / 2);
  yield pen.line("INFO: create storage snapshot 'vzdump'", 800);
  const ms = random.int(8000, 90_000);
  yield pen.line(
    `INFO: Total bytes written: ${Math.floor(bytes)} (${size(bytes)}, ${size(bytes / (ms / 1000))}/s)`,
    ms,
  );
}

function* after(pen: Pen, plan: BackupPlan, guest: GuestFacts, began: number): Generator<Step> {
  if (plan.storage === 'nas') yield pen.line(`INFO: archive file size: ${(guest.disks[0]?.gib ?? 8) / 4}.21GB`);
  else yield pen.line('INFO: Waiting for server to finish backup validation...', 600);
  yield pen.line('INFO: adding notes to backup', 100);
  yield pen.line('INFO: prune older backups with retention: keep-daily=7, keep-last=3', 100);
  yield pen.line('INFO: pruned 1 backup(s) not covered by keep-retention policy', 700);
  yield pen.line(`INFO: Finished Backup of VM ${guest.vmid} (${clockTime(pen.atMs() - began)})`);
  yield pen.line(`INFO: Backup finished at ${pen.time()}`);
}

function* failed(pen: Pen, guest: GuestFacts, reason: string, afterMs: number): Generator<Step> {
  yield pen.line(`ERROR: ${reason}`, afterMs);
  yield pen.line('INFO: aborting backup job');
  yield pen.line('INFO: resuming VM again', 400);
  yield pen.line(`ERROR: Backup of VM ${guest.vmid} failed - ${reason}`, 900);
  yield pen.line(`INFO: Failed at ${pen.time()}`);
}

/** A stopped job cleans up the guest it is at and says so (4.9). */
export const stopBackup = (guest: GuestFacts | undefined): OnTerm => {
  const id = guest?.vmid ?? 0;
  return (atMs) => ({
    text: [
      'ERROR: interrupted by signal',
      'INFO: aborting backup job',
      'INFO: resuming VM again',
      `ERROR: Backup of VM ${id} failed - interrupted by signal`,
      `INFO: Failed at ${stamp(atMs)}`,
      'ERROR: Backup job failed - interrupted by signal',
      '',
    ].join('\n'),
    status: 'interrupted by signal',
  });
};

function uuid(random: Random): string {
  const hex = (length: number): string => Array.from({ length }, () => random.int(0, 15).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}
