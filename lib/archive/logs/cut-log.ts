const NEWLINE = 10;

/** A part of a log that becomes one chunk, or part of one. Cut at a line's end unless a single line is longer. */
export type Piece = {
  bytes: Buffer;
  /** The number of the first line that begins in it. */
  firstLine: number;
  /** It begins in the middle of a line. */
  mid: boolean;
  byteFrom: number;
};

/** Cuts a stream of bytes into pieces of at most `size` bytes, in order; holds no more than one piece and one block. */
export async function* cutLog(blocks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Piece> {
  const cutter = new Cutter();
  let waiting: Uint8Array[] = [];
  let held = 0;
  for await (const block of blocks) {
    waiting.push(block);
    held += block.byteLength;
    if (held < size) continue;
    let rest = Buffer.concat(waiting);
    while (rest.length >= size) {
      const end = rest.lastIndexOf(NEWLINE, size - 1) + 1 || size;
      yield cutter.cut(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
    waiting = [rest];
    held = rest.length;
  }
  if (held > 0) yield cutter.cut(Buffer.concat(waiting));
}

class Cutter {
  #line = 1; // the line that goes on, or the next one to begin
  #mid = false;
  #from = 0;

  cut(bytes: Buffer): Piece {
    const piece = { bytes, firstLine: this.#mid ? this.#line + 1 : this.#line, mid: this.#mid, byteFrom: this.#from };
    this.#line += countLineEnds(bytes);
    this.#mid = bytes.at(-1) !== NEWLINE;
    this.#from += bytes.length;
    return piece;
  }
}

export function countLineEnds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
