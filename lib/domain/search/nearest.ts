/**
 * Up to three names that someone may have meant, nearest first: few letters apart, or one begins with the other. Long
 * texts are near to nothing, so the work is bounded.
 */
export function nearest(text: string, names: readonly string[]): string[] {
  const word = text.toLowerCase();
  if (word.length === 0 || word.length > 40) return [];
  const reach = Math.max(1, Math.floor(word.length / 3));
  const rated = names.map((name) => ({ name, far: begins(word, name) ? 1 : distance(word, name) }));
  const near = rated.filter(({ far }) => far <= reach).sort((one, other) => one.far - other.far);
  return near.slice(0, 3).map(({ name }) => name);
}

const begins = (word: string, name: string): boolean =>
  (word.length >= 3 && name.startsWith(word)) || (name.length >= 3 && word.startsWith(name));

/** Letters to insert, leave out, change or swap with their neighbour to make one word of the other. */
function distance(one: string, other: string): number {
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + same,
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[other.length] ?? 0;
}
