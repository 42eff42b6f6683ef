import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { OpenArchive, SearchRequest } from '@/lib/archive/archive';
import { openArchive } from '@/lib/archive/open';
import { parseOrder } from '@/lib/domain/search/order';
import { readQuery } from '@/lib/domain/search/read-query';
import { type EpochSeconds, epochSeconds } from '@/lib/domain/time';
import type { ClusterView, Viewer } from '@/lib/domain/visibility';
import { report } from './report';
import { seededGuests, seededLists } from './seeded-tasks';

// npm run bench -- archive [--tasks 1000000] [--rounds 200] [--data-dir DIR | --database-url URL]: searches of an archive through its port,
// totals and threads included. What is named is filled when it is empty, and kept.

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '200' },
    'data-dir': { type: 'string' },
    'database-url': { type: 'string' },
  },
});
const NOW = epochSeconds(1_733_000_000);
const count = Number(values.tasks);
const rounds = Number(values.rounds);

const view = (part: Partial<ClusterView>): ClusterView => ({
  identity: 'root@pam',
  permissions: {},
  aclPaths: new Set(['/']),
  guests: new Set(),
  ...part,
});
const of = (part: Partial<ClusterView>): Viewer => ({
  clusters: new Map([
    ['lab', view(part)],
    ['office', view(part)],
  ]),
});
const auditor = of({ permissions: { '/': { 'Sys.Audit': 1, 'VM.Audit': 1 } } });
const half = of({
  identity: 'user3@ldap',
  permissions: Object.fromEntries([0, 1, 2, 3].map((node) => [`/nodes/pve${node}`, { 'Sys.Audit': 1 }])),
});
const stranger = of({ identity: 'user80@pve' });

type Case = { name: string; search?: string; order?: string; viewer?: Viewer; page?: number };
const CASES: Case[] = [
  { name: 'no search' },
  { name: 'page 100', page: 100 },
  { name: 'dates', search: 'started_at > "30 days ago" and started_at < "20 days ago"' },
  { name: 'label', search: 'label = vzdump' },
  { name: 'rare label', search: 'label = qmreset' },
  { name: 'result', search: 'result = error' },
  { name: 'failed', search: 'state = paused or result = error or result = warning' },
  { name: 'running', search: 'state = running' },
  { name: 'label and user', search: 'label = vzdump and user = user40' },
  { name: 'label and result', search: 'label = qmstart and result = error' },
  { name: 'vmid', search: 'vmid = 1234' },
  { name: 'tag', search: 'tag = infra' },
  { name: 'duration', search: 'duration > 1h' },
  { name: 'ended lately', search: 'ended_at > "2 hours ago"' },
  { name: 'a word', search: 'timeout' },
  { name: 'a rare word', search: 'web-0-100' },
  { name: 'a word without a hit', search: 'nosuchword' },
  { name: 'excluding', search: '-vzdump result != success' },
  { name: 'order by duration', order: 'duration DESC' },
  { name: 'order by label', order: 'label ASC' },
  { name: 'a wide guard', viewer: half },
  { name: 'a narrow guard', viewer: stranger },
  { name: 'a narrow guard and a label', viewer: stranger, search: 'label = vzdump' },
];

const databaseUrl = values['database-url'];
const dataDir = values['data-dir'] ?? (await mkdtemp(join(tmpdir(), 'bench-')));
const archive = await openArchive(databaseUrl ? { databaseUrl } : { dataDir });
await fill(archive);
for (const each of CASES) {
  const ask = requestOf(each, NOW);
  const asked = await archive.searchTasks(ask); // statements prepared, pages cached
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await archive.searchTasks(ask);
    times.push(performance.now() - begun);
    if (times.length >= 20 && sum(times) > 5000) break; // slow ones show soon enough
  }
  report(
    'archive',
    each.name,
    times,
    `${asked.tasks.length} rows of ${asked.subtotal.count}${asked.subtotal.exact ? '' : '+'}`,
    cpuSince(before) / times.length,
  );
}
await archive.close();
if (!values['data-dir']) await rm(dataDir, { recursive: true });

function requestOf({ search = '', order = '', viewer = auditor, page = 1 }: Case, now: EpochSeconds): SearchRequest {
  const { bound } = readQuery(search, { now, timeZone: 'UTC' });
  return { viewer, query: bound, order: parseOrder(order), perPage: 50, at: { page }, now };
}

async function fill(store: OpenArchive): Promise<void> {
  const all = await store.searchTasks(requestOf({ name: '' }, NOW));
  if (all.total.count > 0) return;
  const guests = new Map(['lab', 'office'].map((cluster, at) => [cluster, seededGuests(at)]));
  const times: number[] = [];
  const before = process.cpuUsage();
  for (const list of seededLists(count, 7, NOW)) {
    const begun = performance.now();
    await store.saveTasks({ ...list, guests: guests.get(list.cluster) ?? new Map() });
    times.push(performance.now() - begun);
  }
  report(
    'archive',
    'save 1,000 tasks',
    times,
    `${Math.round((count / sum(times)) * 1000)} tasks per second`,
    cpuSince(before) / times.length,
  );
}

function sum(times: readonly number[]): number {
  return times.reduce((total, time) => total + time, 0);
}

/** Milliseconds of CPU of all threads: what stays comparable when the machine has other work. */
function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
