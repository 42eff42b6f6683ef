import { epochSeconds } from '@/lib/domain/time';
import { aSave, aTask, NOW } from './an-archive.test-support';
import { openArchive } from './open';

// Run by survives.test.ts as a process of its own: saves tasks, ends, logs and sessions for ever, and prints each UPID
// once its commit was answered.
const archive = await openArchive(JSON.parse(process.argv[2] ?? ''));

for (let at = 0; ; at += 1) {
  const tasks = Array.from({ length: 50 }, (_, n) =>
    aTask({ pid: at * 100 + n, startTime: epochSeconds(NOW + at), node: `pve${n % 3}`, status: `end ${at}` }),
  );
  await archive.saveTasks(aSave(tasks.map(({ upid }) => ({ upid }))));
  await archive.saveTasks(aSave(tasks));
  const [first] = tasks;
  if (!first) continue;
  const log = Buffer.from(`${first.upid.text}\n`.repeat(4000));
  await archive.saveLog({ cluster: 'lab', upid: first.upid.text }, blocks(log));
  await archive.saveSession({ id: `s${at}`, sealed: Buffer.from(`sealed ${at}`), createdAt: NOW, seenAt: NOW }, 'new');
  process.stdout.write(`${JSON.stringify({ at, upids: tasks.map((task) => task.upid.text) })}\n`);
}

async function* blocks(log: Buffer) {
  yield log;
}
