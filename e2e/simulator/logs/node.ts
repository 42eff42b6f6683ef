import { OK, type Run, type Script } from '../tasks/script.ts';
import { Pen } from './pen.ts';

const SUITES = ['trixie', 'trixie-updates', 'trixie-security'];

export const aptUpdate = (fails: boolean): Script =>
  function* script({ startedAtMs, random }: Run) {
    const pen = new Pen({ startedAtMs, random });
    yield pen.line('starting apt-get update', 100);
    for (const [at, suite] of SUITES.entries()) {
      const what = `http://deb.debian.example/debian ${suite} InRelease`;
      yield pen.line(
        random.chance(0.6) ? `Hit:${at + 1} ${what}` : `Get:${at + 1} ${what} [${random.int(43, 151)} kB]`,
        300,
      );
    }
    if (fails) {
      yield pen.line('Err:4 https://enterprise.proxmox.example/debian/pve trixie InRelease', 900);
      yield pen.line('  401  Unauthorized [IP: 203.0.113.80 443]');
      yield pen.line('Reading package lists...', 800);
      yield pen.line(
        "E: The repository 'https://enterprise.proxmox.example/debian/pve trixie InRelease' is not signed.",
      );
      return { status: "command 'apt-get update' failed: exit code 100" };
    }
    yield pen.line(`Fetched ${random.int(120, 900) / 10} MB in 2s (6,150 kB/s)`, 1800);
    yield pen.line('Reading package lists...', 900);
    if (random.chance(0.2)) {
      yield pen.line('W: Some index files failed to download. They have been ignored, or old ones used instead.');
    }
    return OK;
  };

/** A coloured start of a service's children: what tools write when they believe in a terminal. */
export const serviceRestart = (service: string): Script =>
  function* script({ startedAtMs, random }: Run) {
    const pen = new Pen({ startedAtMs, random });
    if (service !== 'networking') return OK;
    yield pen.line('\u001b[32minfo\u001b[0m: executing /usr/bin/dpkg -l ifupdown2', 300);
    yield pen.line('\u001b[1;33mwarning\u001b[0m: vmbr1: interface \u001b[4mens19\u001b[0m not recognized', 500);
    return OK;
  };

/** Lasts as long as somebody has the console open. */
export const consoleSession = (ms: number, connected: boolean): Script =>
  function* script({ startedAtMs, random }: Run) {
    const pen = new Pen({ startedAtMs, random });
    if (connected) {
      yield pen.raw('', ms);
      return OK;
    }
    yield pen.line('connection timed out', 10_000);
    return { status: "command '/usr/bin/termproxy 5900 --path /nodes/pve1' failed: exit code 1" };
  };

/** The parent of a bulk action on one node: fine even when its children are not (6.5). */
export const startAll = (titles: readonly string[], failed: string | undefined): Script =>
  function* script({ startedAtMs, random }: Run) {
    const pen = new Pen({ startedAtMs, random });
    for (const title of titles) {
      yield pen.line(`Starting ${title}`, 1000);
      if (title === failed) yield pen.line(`Starting ${title} failed: start failed: QEMU exited with code 1`, 2000);
    }
    return OK;
  };
