import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { report } from './report';

// npm run bench -- start: `npm run demo` in a fresh clone of the last commit, until the product answers; then again, some
// times. The first includes installing and building; the package manager's own cache is as this machine has it.

const AGAIN = 5;
const PORT = '3190';
const GIVE_UP_MS = 600_000;

const folder = await mkdtemp(join(tmpdir(), 'taskscope-start-'));
try {
  execFileSync('git', ['clone', '--quiet', process.cwd(), folder]);
  report('start', 'first', [await timeOne()], 'install, build and start; the promise is 180 s');
  const again: number[] = [];
  for (let i = 0; i < AGAIN; i++) again.push(await timeOne());
  report('start', 'again', again, 'the promise is 3 s');
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Milliseconds from the command to the first answer of the readiness probe. */
async function timeOne(): Promise<number> {
  const begun = performance.now();
  const demo = spawn('npm', ['run', 'demo'], { cwd: folder, env: { ...process.env, PORT }, detached: true });
  demo.stderr.pipe(process.stderr);
  try {
    while (!(await isReady())) {
      if (demo.exitCode !== null || performance.now() - begun > GIVE_UP_MS) throw new Error('The demo did not start.');
      await pause(20);
    }
    return performance.now() - begun;
  } finally {
    await stop(demo);
  }
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${PORT}/api/health/ready`).catch(() => undefined);
  return answer?.ok === true;
}

async function stop(demo: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => demo.once('exit', resolve));
  if (demo.pid && demo.exitCode === null) {
    process.kill(-demo.pid, 'SIGTERM'); // the whole group: npm does not pass it on
    await ended;
  }
  while (await isReady()) await pause(50);
}
