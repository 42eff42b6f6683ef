import { OK, type Run, type Script } from '../tasks/script.ts';
import { Pen } from './pen.ts';

/** Every kind of text that has ever surprised a log viewer. */
export const strangeBytes: Script = function* script(run: Run) {
  const pen = new Pen(run);
  yield pen.line('plain ascii', 200);
  yield pen.line('utf-8: äöü € 日本 😀 — Bjørn', 200);
  yield pen.raw(Buffer.from([...Buffer.from('latin1: '), 0xe4, 0xf6, 0xfc, 0x0a]), 200);
  yield pen.raw(Buffer.from([...Buffer.from('invalid utf-8: '), 0xff, 0xfe, 0xc3, 0x28, 0x0a]), 200);
  yield pen.line(
    'ansi: \u001b[31mred\u001b[0m \u001b[1mbold\u001b[0m \u001b[38;5;208morange\u001b[0m \u001b[44;97mon blue\u001b[0m',
    200,
  );
  yield pen.line('\u001b[2J\u001b[H\u001b]0;a window title\u0007cursor games', 200);
  yield pen.line('tab:\there, bell:\u0007, backspace:\b, vt:\u000b, del:\u007f', 200);
  yield pen.line('<script>alert(1)</script> & "quotes" \'single\' &amp;', 200);
  yield pen.line(`a long line: ${'lorem ipsum '.repeat(400)}`, 200);
  for (let i = 10; i <= 100; i += 10) yield pen.raw(`${i > 10 ? '\r' : ''}progress ${i}%`, 500);
  yield pen.line('', 100);
  yield pen.line('TASK ERROR: this line only looks like an end', 100);
  return OK;
};

/** Output without a line end: the final line is glued to it, and a good task reads as `unexpected status` (4.5). */
export const noLineEnd: Script = function* script(run: Run) {
  const pen = new Pen(run);
  yield pen.raw('done, 3 files', 900);
  return OK;
};

/** Killed in the middle of a line. */
export const killed: Script = function* script(run: Run) {
  const pen = new Pen(run);
  for (let i = 1; i < 9; i += 1) yield pen.line(`INFO: chunk ${i} of 40 verified`, 1500);
  yield pen.raw('INFO: chunk 9 of 4', 700);
  return { lost: true };
};

/** A log of `count` lines that takes `ms` to write. */
export const longLog = (count: number, ms: number): Script =>
  function* script(run: Run) {
    const pen = new Pen(run);
    yield pen.line(`checking ${count} chunks of datastore 'archive'`);
    for (let i = 2; i <= count - 1; i += 1) {
      const hex = (Math.imul(i, 2654435761) >>> 0).toString(16).padStart(8, '0');
      const text =
        i % 9973 === 0 ? `WARN: chunk ${hex} is damaged – Prüfsumme falsch` : `chunk ${hex}: OK (${i % 4096} KiB)`;
      yield pen.line(text, ms / count);
    }
    return { status: `WARNINGS: ${Math.max(1, Math.floor((count - 1) / 9973))}` };
  };

/** Lines at an even pace, for tests that watch a log grow. */
export const ticks = (count: number, eachMs: number): Script =>
  function* script(run: Run) {
    const pen = new Pen(run);
    for (let i = 1; i <= count; i += 1) yield pen.line(`tick ${i}`, eachMs);
    return OK;
  };
