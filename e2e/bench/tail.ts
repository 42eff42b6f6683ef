import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { Hub } from '@/lib/services/log-tail/hub';
import { tailLines } from '@/lib/services/log-tail/tail-lines';
import { sleep } from '@/lib/sleep';
import { report } from './report';

// npm run bench -- tail [--lines 100]: from a line that was read to each of those who follow the log, and what that asks
// of the node. The reader's pace is a hundredth of the real one, so that the run is short.

const { values } = parseArgs({ options: { lines: { type: 'string', default: '100' } } });
const lineCount = Number(values.lines);
const PACE = 100;

async function follow(viewers: number): Promise<void> {
  const text: string[] = ['INFO: begun'];
  const readAt: number[] = [];
  let asked = 0;
  let running = true;
  const reads = {
    async logPage(_node: string, _upid: string, { skip, limit }: { skip: number; limit: number }) {
      asked += 1;
      const lines = text.map((t, i) => ({ n: i + 1, t })).slice(skip, skip + limit);
      for (const { n } of lines) readAt[n] ??= performance.now();
      return { lines, total: text.length, missing: false };
    },
    taskStatus: async () => (running ? ({ running: true } as const) : ({ running: false, exitStatus: 'OK' } as const)),
  };
  const log = pino({ level: 'silent' });
  const wait = (ms: number, signal: AbortSignal) => sleep(ms / PACE, signal);
  const hub = new Hub({ reads: new Map([['lab', reads]]), log, now: performance.now.bind(performance), wait });
  const task = {
    ref: { cluster: 'lab', upid: 'UPID:pve1:00000001:00000001:65000000:vzdump:100:root@pam:' },
    listedBy: 'pve1',
  };
  const times: number[] = [];
  const before = process.memoryUsage().rss;
  const following = Array.from({ length: viewers }, async () => {
    let have = 1;
    for await (const event of tailLines(hub, task, 0, new AbortController().signal)) {
      if (event.event !== 'lines') continue;
      const now = performance.now();
      for (const { n } of event.data.lines) if (n > have) times.push(now - (readAt[n] ?? now));
      have = event.id;
    }
  });
  await sleep(50, new AbortController().signal);
  for (let n = 0; n < lineCount; n++) {
    text.push(`INFO: ${n} of ${lineCount}`);
    await sleep(20, new AbortController().signal);
  }
  text.push('TASK OK');
  running = false;
  await Promise.all(following);
  const kib = Math.round((process.memoryUsage().rss - before) / 1024 / viewers);
  report('tail', `${viewers} followers`, times, `${asked} requests to the node, ${kib} KiB each`);
}

for (const viewers of [1, 50, 1_000]) await follow(viewers);
