import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutLog } from './cut-log';

async function* inPieces(text: string, size: number) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function cut(text: string, size: number, max: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of cutLog(inPieces(text, size), max)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test('a log within the limit is kept byte for byte, however it arrives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 200 }), fc.integer({ min: 1, max: 50 }), async (text, size) => {
      expect(await cut(text, size, Math.max(Buffer.byteLength(text), 2))).toBe(text);
    }),
  );
});

test('a log over the limit keeps its head and whole last lines, and says what is missing', async () => {
  const text = `${Array.from({ length: 1_000 }, (_, i) => `line ${i}`).join('\n')}\nTASK OK\n`;
  const kept = await cut(text, 7, 200);
  expect(kept.startsWith('line 0\nline 1\n')).toBe(true);
  expect(kept.endsWith('line 999\nTASK OK\n')).toBe(true);
  const missing = Number(/\[(\d+) bytes are not kept/.exec(kept)?.[1]);
  const note = /\n\[.*\]\n/.exec(kept)?.[0].length ?? 0;
  expect(Buffer.byteLength(kept) - note + missing).toBe(Buffer.byteLength(text));
});
