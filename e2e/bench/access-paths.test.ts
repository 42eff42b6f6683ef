import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Core, openCore } from '@/lib/archive/core';
import { guardOf } from '@/lib/archive/guard';
import { saveTasks } from '@/lib/archive/save-tasks';
import { compileSearch, countQuery, pageQuery } from '@/lib/archive/search/compile-search';
import { statementOf } from '@/lib/archive/statement';
import { readQuery } from '@/lib/domain/search/read-query';
import { epochSeconds } from '@/lib/domain/time';
import type { ClusterView, Viewer } from '@/lib/domain/visibility';
import { seededGuests, seededLists } from './seeded-tasks';

const NOW = epochSeconds(1_733_000_000);
let core: Core;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'paths-'));
  core = await openCore({ dataDir });
  const guests = seededGuests(0);
  for (const list of seededLists(100_000, 7, NOW)) await saveTasks(core, { ...list, guests });
  await core.objects.load(core.database.reads);
}, 120_000);

afterAll(async () => {
  await core.close();
  await rm(dataDir, { recursive: true });
});

const viewOf = (view: Partial<ClusterView>): Viewer => ({
  clusters: new Map(
    ['lab', 'office'].map((cluster) => [
      cluster,
      { identity: 'nobody@pve', permissions: {}, aclPaths: new Set(['/']), guests: new Set<number>(), ...view },
    ]),
  ),
});
const auditor = viewOf({ permissions: { '/': { 'Sys.Audit': 1, 'VM.Audit': 1 } } });

/** How SQLite enters the table, one line for each way, for the page and for the count. */
async function entries(search: string, viewer: Viewer): Promise<string[]> {
  const { bound } = readQuery(search, { now: NOW, timeZone: 'UTC' });
  const guard = guardOf(core.dictionaries, viewer);
  const { dictionaries, objects, database } = core;
  const scope = { dictionaries, objects, guard, now: NOW, dialect: database.dialect };
  const compiled = compileSearch(scope, guard, bound, core.statistics);
  const page = pageQuery(compiled, { sortKey: null, descending: true, after: null, limit: 51, offset: 0 });
  const [paged, counted] = await Promise.all([page, countQuery(compiled, 10_001)].map(planOf));
  expect(new Set(counted)).toEqual(new Set(paged));
  return paged ?? [];
}

async function planOf(query: ReturnType<typeof pageQuery>): Promise<string[]> {
  const rows = await core.database.readRows<{ detail: string }>(statementOf(sql`explain query plan ${query}`));
  return rows
    .map((row) => row.detail.replace('COVERING ', ''))
    .filter((detail) => /^(?:SCAN|SEARCH) task\b/.test(detail));
}

const KEY = /^SCAN task$|^SEARCH task USING INTEGER PRIMARY KEY/;

test.each<[search: string, entry: RegExp]>([
  ['', KEY],
  [
    'started_at > "30 days ago" and started_at < yesterday',
    /^SEARCH task USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/,
  ],
  ['result = error', /^S.* task USING INDEX task_attn/],
  ['result != success and node = pve0', /^S.* task USING INDEX task_attn/],
  ['state = paused or result = error or result = warning', /^S.* task USING INDEX task_attn/],
  ['exitstatus ~ timeout', /^S.* task USING INDEX task_attn/],
  ['label = vzdump', /^SEARCH task USING INDEX task_label \(label_id=\?/],
  ['label = vzdump and started_at > yesterday', /^SEARCH task USING INDEX task_label \(label_id=\? AND id>\?/],
  ['node = pve3', /^SEARCH task USING INDEX task_node \(node_id=\?/],
  ['user = user80', /^SEARCH task USING INDEX task_actor \(actor_id=\?/],
  ['label = vzdump and user = user80', /^SEARCH task USING INDEX task_actor \(actor_id=\?/],
  ['vmid = 1234', /^SEARCH task USING INDEX task_guest \(guest_id=\?/],
  ['web-0-100', /^SEARCH task USING INDEX task_guest \(guest_id=\?/],
  ['duration > 1h', /^S.* task USING INDEX task_(?:long|open)/],
  ['state = running', /^S.* task USING INDEX task_open/],
  ['ended_at > "2 hours ago"', /^SEARCH task USING (?:INTEGER PRIMARY KEY|INDEX task_long)/],
  ['not label = vzdump', KEY],
  ['id ~ 1', KEY],
])('"%s" enters by %s', async (search, entry) => {
  const found = await entries(search, auditor);
  expect(found.length).toBeGreaterThan(0);
  for (const line of found) expect(line).toMatch(entry);
});

test('a wide guard never drives', async () => {
  const permissions = { '/nodes/pve0': { 'Sys.Audit': 1 }, '/nodes/pve1': { 'Sys.Audit': 1 } };
  const found = await entries('', viewOf({ identity: 'user3@ldap', permissions }));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(KEY);
});

test('a viewer who sees little enters by what is theirs', async () => {
  const found = await entries('state = stopped', viewOf({ identity: 'user80@pve' }));
  for (const line of found) expect(line).toMatch(/INDEX task_actor \(actor_id=\?/);
});
