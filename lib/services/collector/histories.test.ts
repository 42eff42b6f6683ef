import fc from 'fast-check';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { aClock } from './a-clock.test-support';
import { aCluster } from './a-cluster.test-support';
import { aStore } from './a-store.test-support';
import { ClusterCollector } from './cluster-collector';

// Random lives of a cluster of two nodes, lived through by the collector: whatever happens, what existed is in the archive
// as it was, or a gap says that something of that node may be missing.

const LONG = process.env.TEST_LONG === '1';
const SEED = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

const anyNode = fc.constantFrom('pve1', 'pve2');
const anyEvent = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('start' as const), node: anyNode }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('end' as const), node: anyNode, which: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('burst' as const),
      node: anyNode,
      many: fc.integer({ min: 1, max: 700 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 100, max: 120_000 }) }),
  },
  fc.record({
    kind: fc.constant('node' as const),
    node: anyNode,
    state: fc.constantFrom('up' as const, 'down' as const),
  }),
  fc.record({ kind: fc.constant('slow' as const), node: anyNode, ms: fc.constantFrom(0, 3_000, 30_000) }),
  fc.record({ kind: fc.constant('cluster' as const), away: fc.boolean() }),
  fc.record({ kind: fc.constant('token' as const), refused: fc.boolean() }),
  fc.record({ kind: fc.constant('disk' as const), full: fc.boolean() }),
  fc.record({ kind: fc.constant('restart' as const), afterMs: fc.integer({ min: 0, max: 3_600_000 }) }),
);
type Event = typeof anyEvent extends fc.Arbitrary<infer E> ? E : never;

function aLife() {
  const clock = aClock();
  const lab = aCluster(clock, ['pve1', 'pve2']);
  const kept = aStore();
  const truth = new Map<string, { node: string; status: string | null }>();
  const begin = () => {
    const stopping = new AbortController();
    const collector = new ClusterCollector({
      ...{
        id: 'lab',
        name: 'Lab',
        url: () => null,
        pollSeconds: 2,
        reads: lab.reads,
        store: kept.store,
        keepLogs: false,
      },
      ...{ maxLogBytes: 1_000_000, log: pino({ level: 'silent' }), now: clock.now, wait: clock.wait },
      onFacts: () => undefined,
    });
    const ended = collector.run(stopping.signal);
    return async () => {
      stopping.abort();
      await ended;
    };
  };
  let stop = begin();
  const start = (node: string): string => {
    const upid = lab.start(node);
    truth.set(upid, { node, status: null });
    return upid;
  };
  const end = (node: string, upid: string) => {
    lab.end(node, upid);
    truth.set(upid, { node, status: 'OK' });
  };
  const live = async (event: Event): Promise<void> => {
    switch (event.kind) {
      case 'start':
        start(event.node);
        break;
      case 'end': {
        const { running } = lab.node(event.node);
        const task = running[event.which % Math.max(running.length, 1)];
        if (task) end(event.node, task.text);
        break;
      }
      case 'burst':
        for (let n = 0; n < event.many; n++) end(event.node, start(event.node));
        break;
      case 'pass':
        await clock.pass(event.ms);
        break;
      case 'node':
        lab.node(event.node).state = event.state;
        break;
      case 'slow':
        lab.node(event.node).slowMs = event.ms;
        break;
      case 'cluster':
        lab.world.unreachable = event.away;
        break;
      case 'token':
        lab.world.tokenRefused = event.refused;
        break;
      case 'disk':
        kept.setFull(event.full);
        break;
      case 'restart':
        await stop();
        await clock.pass(event.afterMs);
        stop = begin();
        break;
    }
  };
  // What a node dropped before it was ever read is nobody's gap, so each is read once with something to know it by.
  const meet = async () => {
    for (const node of ['pve1', 'pve2']) end(node, start(node));
    await clock.pass(5_000);
  };
  /** Everything is well again for a quarter of an hour. */
  const settle = async () => {
    for (const name of ['pve1', 'pve2']) Object.assign(lab.node(name), { state: 'up', slowMs: 0 });
    Object.assign(lab.world, { unreachable: false, tokenRefused: false });
    kept.setFull(false);
    await clock.pass(900_000);
    await stop();
  };
  return { meet, live, settle, truth, kept };
}

test('after any history the archive is what existed, or a gap tells of the node where it is not', async () => {
  const property = fc.asyncProperty(fc.array(anyEvent, { maxLength: 60, size: 'max' }), async (history) => {
    const { meet, live, settle, truth, kept } = aLife();
    await meet();
    for (const event of history) await live(event);
    await settle();
    const gaps = new Set(kept.gaps.map((gap) => gap.node));
    for (const [upid, { node, status }] of truth) {
      if (gaps.has(node)) continue;
      expect(kept.rows.get(upid)?.end?.status ?? null, upid).toBe(status);
      expect(kept.rows.get(upid)?.state).toBe(status === null ? 'running' : 'stopped');
    }
    for (const row of kept.rows.values()) expect(truth.has(row.upid)).toBe(true);
  });
  process.stderr.write(`histories: seed ${SEED}\n`);
  await fc.assert(property, { numRuns: LONG ? 500 : 30, seed: SEED });
}, 600_000);
