const LF = 10;
// Enough for the end that tells why, whatever the limit is.
const LARGEST_TAIL = 1_048_576;

/**
 * The log as it is when it has at most `max` bytes; else its head and its tail, cut at line ends, with one line between
 * them that says how much is left out. Holds no more than the tail in memory.
 */
export async function* cutLog(bytes: AsyncIterable<Uint8Array>, max: number): AsyncGenerator<Uint8Array> {
  const tailSize = Math.min(LARGEST_TAIL, Math.floor(max / 2));
  const headSize = max - tailSize;
  let sent = 0;
  const held: Uint8Array[] = [];
  let heldBytes = 0;
  let dropped = 0;
  for await (const piece of bytes) {
    const room = Math.max(headSize - sent, 0);
    if (room > 0) yield piece.subarray(0, room);
    sent += Math.min(room, piece.length);
    if (piece.length <= room) continue;
    held.push(piece.subarray(room));
    heldBytes += piece.length - room;
    for (let first = held[0]; first && heldBytes - first.length >= tailSize; first = held[0]) {
      held.shift();
      heldBytes -= first.length;
      dropped += first.length;
    }
  }
  const tail = Buffer.concat(held);
  if (dropped === 0 && tail.length <= tailSize) {
    if (tail.length > 0) yield tail;
    return;
  }
  const from = tail.indexOf(LF, Math.max(tail.length - tailSize, 0)) + 1;
  yield Buffer.from(`\n[${dropped + from} bytes are not kept: the log is larger than the limit]\n`);
  yield tail.subarray(from);
}
