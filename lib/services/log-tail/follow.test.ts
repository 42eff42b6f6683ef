import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { type Followed, followLog, type ReadLog } from './follow';

const signal = new AbortController().signal;

/** A log file that grows by one piece each time someone waits; the worker ends with the last piece. */
function aFile(pieces: readonly string[], { limit = 5_000, failAt = new Set<number>() } = {}) {
  let written = 0;
  let reads = 0;
  const waits: number[] = [];
  const read: ReadLog = async (skip, asked) => {
    reads += 1;
    if (failAt.has(reads)) throw new AppError('node_unreachable', 'pve1 does not answer.');
    const text = pieces.slice(0, written).join('');
    const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
    const shown = lines.map((t, i) => ({ n: i + 1, t })).slice(skip, skip + Math.min(asked, limit));
    return { lines: shown, total: lines.length, running: written < pieces.length, tookMs: 10 };
  };
  const clock = {
    now: () => 0,
    wait: async (ms: number) => {
      waits.push(ms);
      written = Math.min(written + 1, pieces.length);
    },
  };
  return { read, clock, waits };
}

async function follow(file: ReturnType<typeof aFile>, after = 0): Promise<Followed[]> {
  const seen: Followed[] = [];
  for await (const event of followLog(file.read, after, signal, file.clock)) seen.push(event);
  return seen;
}

/** What a viewer shows who replaces a line that comes again. */
function shown(events: readonly Followed[]): string[] {
  const lines: string[] = [];
  for (const event of events) if (event.kind === 'lines') for (const { n, t } of event.lines) lines[n - 1] = t;
  return lines;
}

test('no line is lost, doubled or out of order, wherever the writer was interrupted', async () => {
  const anyLog = fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(
      anyLog,
      fc.array(fc.nat(100), { maxLength: 8 }),
      fc.uniqueArray(fc.nat(8)),
      async (lines, cuts, fails) => {
        const text = `${lines.join('\n')}\n`;
        const at = [...cuts.map((cut) => cut % text.length), text.length].sort((a, b) => a - b);
        const pieces = at.map((end, i) => text.slice(at[i - 1] ?? 0, end));
        expect(shown(await follow(aFile(pieces, { failAt: new Set(fails) })))).toEqual(lines);
      },
    ),
  );
});

test('a log longer than a page is read forward page by page, without the pause of a quiet log', async () => {
  const lines = Array.from({ length: 25 }, (_, i) => `line ${i + 1}`);
  const file = aFile([`${lines.join('\n')}\n`], { limit: 10 });
  expect(shown(await follow(file))).toEqual(lines);
  expect(file.waits.filter((ms) => ms === 10).length).toBeGreaterThanOrEqual(2);
});

test('it asks no sooner than a second, and no sooner than twenty times what the node needed', async () => {
  const quick = aFile(['one\n', 'two\n', 'three\n']);
  await follow(quick);
  expect(Math.min(...quick.waits)).toBe(1_000);
  const slow = aFile(['one\n', 'two\n']);
  const read: ReadLog = async (...args) => ({ ...(await slow.read(...args)), tookMs: 300 });
  for await (const _ of followLog(read, 0, signal, slow.clock));
  expect(slow.waits.every((ms) => ms === 6_000)).toBe(true);
});

test('a node that is lost is told once, and the log goes on where it was', async () => {
  const events = await follow(aFile(['a\n', 'b', '\nc\n', 'd\n'], { failAt: new Set([2, 3]) }));
  expect(events.filter((event) => event.kind === 'away')).toHaveLength(1);
  expect(shown(events)).toEqual(['a', 'b', 'c', 'd']);
});

test('whoever has lines already gets those after them, and the last again when it has grown', async () => {
  const events = await follow(aFile(['a\nb\nhal', 'f\nd\n']), 2);
  expect(shown(events).slice(1)).toEqual(['b', 'half', 'd']);
});

test('a quiet log is asked less often, yet a line is seen within a second and a half', async () => {
  const file = aFile([...Array.from({ length: 30 }, () => ''), 'at last\n']);
  await follow(file);
  expect(Math.max(...file.waits)).toBeGreaterThan(Math.min(...file.waits));
  expect(Math.max(...file.waits)).toBeLessThan(1_500);
});
