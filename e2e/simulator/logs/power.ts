import { type Ending, OK, type Run, type Script } from '../tasks/script.ts';
import { Pen } from './pen.ts';

/** Most power tasks say nothing at all but their end. */
export const silent = (ms: number, ending: Ending = OK): Script =>
  function* script({ startedAtMs, random }: Run) {
    const pen = new Pen({ startedAtMs, random });
    yield pen.raw('', ms);
    return ending;
  };

/** Some words, then an end. */
export const lines = (texts: readonly string[], eachMs: number, ending: Ending = OK): Script =>
  function* script({ startedAtMs, random }: Run) {
    const pen = new Pen({ startedAtMs, random });
    for (const text of texts) yield pen.line(text, eachMs);
    return ending;
  };

export const startFailures = [
  'start failed: QEMU exited with code 1',
  "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout",
  'VM is locked (backup)',
  "start failed: command '/usr/bin/kvm -id 100' failed: got timeout",
];

export const shutdownForced = lines(['VM still running - terminating now with SIGTERM'], 60_000);

export const shutdownFailed = silent(180_000, { status: 'VM quit/powerdown failed - got timeout' });

export const snapshot = (name: string, withMemory: boolean): Script =>
  withMemory
    ? lines(
        [
          "saving VM state and RAM using storage 'local-lvm'",
          '1.01 MiB in 0s',
          '512.40 MiB in 1s',
          '1.90 GiB in 3s',
          'completed saving the VM state in 4s, saved 2.02 GiB',
          `snapshotting 'drive-scsi0' (local-lvm:snap_${name})`,
        ],
        900,
      )
    : lines([`snapshotting 'drive-scsi0' (local-lvm:snap_${name})`, `  Logical volume "snap_${name}" created.`], 700);
