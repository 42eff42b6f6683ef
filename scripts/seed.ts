import { parseArgs } from 'node:util';
import { seededGuests, seededLists, seededLog } from '@/e2e/bench/seeded-tasks';
import type { OpenArchive } from '@/lib/archive/archive';
import { openArchive } from '@/lib/archive/open';
import type { SeenTask } from '@/lib/domain/task';
import { secondOf } from '@/lib/domain/time';

// npm run seed -- --tasks 1000000 --seed 7 (--data-dir DIR | --database-url URL) [--logs]: fills an archive with realistic tasks.

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '7' },
    'data-dir': { type: 'string' },
    'database-url': { type: 'string' },
    now: { type: 'string' },
    logs: { type: 'boolean', default: false },
  },
});
const dataDir = values['data-dir'];
const databaseUrl = values['database-url'];
if (!dataDir && !databaseUrl) throw new Error('Name what to fill: --data-dir DIR, or --database-url URL');
const count = Number(values.tasks);
const seed = Number(values.seed);

const archive = await openArchive(databaseUrl ? { databaseUrl } : { dataDir: dataDir ?? '' });
const guests = new Map(['lab', 'office'].map((cluster, at) => [cluster, seededGuests(at)]));
const begun = performance.now();
let saved = 0;
for (const list of seededLists(count, seed, secondOf(values.now ? Number(values.now) * 1000 : Date.now()))) {
  await archive.saveTasks({ ...list, guests: guests.get(list.cluster) ?? new Map() });
  if (values.logs) await saveLogs(archive, list.cluster, list.tasks);
  saved += list.tasks.length;
  if (saved % 100_000 === 0) process.stderr.write(`${saved} of ${count}\n`);
}
const perSecond = Math.round((count / (performance.now() - begun)) * 1000);
await archive.close();
process.stderr.write(
  `${count} tasks saved in ${databaseUrl ? 'Postgres' : dataDir}, ${perSecond} per second. Seed: ${seed}.\n`,
);

async function saveLogs(store: OpenArchive, cluster: string, tasks: readonly SeenTask[]): Promise<void> {
  for (const task of tasks) {
    if (task.end) await store.saveLog({ cluster, upid: task.upid.text }, blocksOf(seededLog(task, seed)));
  }
}

async function* blocksOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
