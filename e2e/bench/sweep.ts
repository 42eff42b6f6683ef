import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openArchive } from '@/lib/archive/open';
import type { SeenTask } from '@/lib/domain/task';
import { epochSeconds } from '@/lib/domain/time';
import { formatUpid, type Upid } from '@/lib/domain/upid';
import { type Reading, sweepNode } from '@/lib/services/collector/sweep';
import { report } from './report';

// npm run bench -- sweep [--nodes 100]: nodes whose index is full are read for the first time, and again when nothing, or one
// task, is new. The archive is real; the node's own time is not in it.

const { values } = parseArgs({ options: { nodes: { type: 'string', default: '100' } } });
const nodeCount = Number(values.nodes);
const FULL_INDEX = 1_280;
const NOW = epochSeconds(1_733_000_000);
const signal = new AbortController().signal;

const lists = new Map(Array.from({ length: nodeCount }, (_, at) => [`pve${at}`, listOf(`pve${at}`)]));
const readings = new Map<string, Reading>();
const reads = {
  nodeTasks: async (node: string, limit: number) => (lists.get(node) ?? []).slice(0, limit),
};

function aTask(node: string, n: number): SeenTask {
  // Nodes do not start their tasks in the same second.
  const startTime = epochSeconds(NOW - n * 61 - Number(node.slice(3)) * 7);
  const parts = {
    node,
    pid: 10_000 + (n % 50_000),
    pstart: 7,
    startTime,
    type: 'qmstart',
    id: '100',
    user: 'root@pam',
    comment: '',
  };
  const upid: Upid = { ...parts, text: formatUpid(parts) };
  return { upid, end: { time: epochSeconds(startTime + 30), status: 'OK' } };
}

function listOf(node: string): SeenTask[] {
  return Array.from({ length: FULL_INDEX }, (_, n) => aTask(node, n));
}

const dataDir = await mkdtemp(join(tmpdir(), 'bench-sweep-'));
const archive = await openArchive({ dataDir });

async function sweep(name: string, full: boolean, note: string): Promise<void> {
  const times: number[] = [];
  for (const node of lists.keys()) {
    const began = performance.now();
    const input = { cluster: 'lab', node, last: readings.get(node), full, heard: [], now: NOW };
    const guestsFor = async () => new Map();
    readings.set(node, (await sweepNode(reads, archive, { ...input, guestsFor }, signal)).reading);
    times.push(performance.now() - began);
  }
  const seconds = times.reduce((a, b) => a + b, 0) / 1_000;
  report('sweep', name, times, `${note}, ${seconds.toFixed(1)} s for ${nodeCount} nodes`);
}

await sweep('first, full index', true, `${FULL_INDEX} tasks each`);
await sweep('again, all of it', true, 'nothing new');
await sweep('again, the newest 500', false, 'nothing new');
for (const [node, list] of lists) list.unshift(aTask(node, -1));
await sweep('one task is new', false, 'one new each');

await archive.close();
await rm(dataDir, { recursive: true });
