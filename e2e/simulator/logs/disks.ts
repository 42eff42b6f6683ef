import { OK, type Run, type Script } from '../tasks/script.ts';
import type { GuestFacts } from './facts.ts';
import { GIB, MIB, Pen, size } from './pen.ts';

/** A full clone of a stopped guest's disks (10.3). */
export const clone = (guest: GuestFacts, newId: number): Script =>
  function* script({ startedAtMs, random }: Run) {
    const pen = new Pen({ startedAtMs, random });
    for (const { key, volume, gib } of guest.disks) {
      yield pen.line(`create full clone of drive ${key} (${volume})`, 600);
      yield pen.line(`  Logical volume "vm-${newId}-disk-0" created.`, 500);
      for (let done = 0; done < gib * GIB; ) {
        done = Math.min(gib * GIB, done + random.int(300, 900) * MIB);
        const share = ((done / (gib * GIB)) * 100).toFixed(2);
        yield pen.line(`transferred ${size(done)} of ${size(gib * GIB)} (${share}%)`, 1000);
      }
    }
    return OK;
  };

/** A restore from a Proxmox Backup Server: one series of progress per disk. */
export const restore = (guest: GuestFacts, storage: string): Script =>
  function* script({ startedAtMs, random }: Run) {
    const pen = new Pen({ startedAtMs, random });
    for (const { volume, gib } of guest.disks) {
      yield pen.line(`new volume ID is '${volume}'`, 900);
      yield pen.line(`restore proxmox backup image: [client]`, 300);
      yield pen.line(`connecting to repository 'backup@pbs@10.0.0.9:${storage}'`, 300);
      yield pen.line('starting to restore snapshot', 800);
      const began = pen.atMs();
      for (let percent = 0; percent < 100; ) {
        percent = Math.min(100, percent + random.int(1, 4));
        const read = Math.floor((gib * GIB * percent) / 100);
        const seconds = Math.round((pen.atMs() + 2500 - began) / 1000);
        yield pen.line(
          `progress ${percent}% (read ${read} bytes, zeroes = 12% (${Math.floor(read * 0.12)} bytes), duration ${seconds} sec)`,
          2500,
        );
      }
      const took = ((pen.atMs() - began) / 1000).toFixed(2);
      yield pen.line(`restore image complete (bytes=${gib * GIB}, duration=${took}s, speed=192.61MB/s)`);
    }
    yield pen.line('rescan volumes...', 400);
    return OK;
  };

export const removeImage = (volume: string): Script =>
  function* script({ startedAtMs, random }: Run) {
    const pen = new Pen({ startedAtMs, random });
    yield pen.line(`Removed volume '${volume}'`, random.int(300, 4000));
    return OK;
  };

export const prune = (store: string): Script =>
  function* script({ startedAtMs, random }: Run) {
    const pen = new Pen({ startedAtMs, random });
    for (let i = 0; i < 3; i += 1)
      yield pen.line(`INFO: removing backup '${store}:backup/vm/10${i}/2026-01-0${i + 1}T02:00:00Z'`, 700);
    return OK;
  };

/** wget's dots, and a progress bar that one carriage return after another draws into a single line. */
export const download = (url: string, fails: boolean): Script =>
  function* script({ startedAtMs, random }: Run) {
    const pen = new Pen({ startedAtMs, random });
    const file = url.slice(url.lastIndexOf('/') + 1);
    const path = `/var/lib/vz/template/iso/${file}`;
    yield pen.line(`downloading ${url} to ${path}`, 200);
    yield pen.line(`Resolving mirror.example... 2001:db8::7, 203.0.113.7`, 300);
    yield pen.line('HTTP request sent, awaiting response... 200 OK', 400);
    if (fails) {
      yield pen.line('2026-01-02 03:04:05 ERROR 404: Not Found.', 600);
      return { status: `download failed: wget: exit code 8 – “${file}” gibt es nicht` };
    }
    for (let percent = 0; percent < 100; ) {
      percent = Math.min(100, percent + random.int(2, 9));
      yield pen.raw(
        `\r${file} ${String(percent).padStart(3)}%[${'='.repeat(percent / 5).padEnd(20)}] ${random.int(40, 118)}MB/s `,
        800,
      );
    }
    yield pen.line('', 100);
    yield pen.line('calculating checksum...OK, checksum verified', 2000);
    yield pen.line(`download of '${url}' to '${path}' finished`);
    return OK;
  };

/** An upload's import: the tool writes the beginning of a line long before its end. */
export const importFile = (file: string): Script =>
  function* script({ startedAtMs, random }: Run) {
    const pen = new Pen({ startedAtMs, random });
    yield pen.line(`starting file import from: /var/tmp/pveupload-${random.int(1e8, 9e8)}`, 200);
    yield pen.line('target node: pve1');
    yield pen.line(`target file: /var/lib/vz/template/iso/${file}`);
    const size = random.int(200, 4000) * MIB;
    yield pen.raw('file size is: ', 300);
    yield pen.line(String(size), 2500);
    yield pen.raw('copying ', 200);
    for (let dots = random.int(8, 40); dots > 0; dots -= 1) yield pen.raw('.', 400);
    yield pen.line(' done', 600);
    yield pen.line('command: cp -- /var/tmp/pveupload /var/lib/vz/template/iso');
    yield pen.line('finished file import successfully', 300);
    return OK;
  };
