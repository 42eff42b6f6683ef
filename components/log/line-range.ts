/** Lines chosen by a link, `#L248` or `#L248-L249`. */
export type LineRange = { from: number; to: number };

/** Reads the hash of an address; undefined when it names no lines. */
export function readLineHash(hash: string): LineRange | undefined {
  const parts = /^#L([1-9]\d{0,11})(?:-L([1-9]\d{0,11}))?$/.exec(hash);
  if (!parts?.[1]) return undefined;
  const a = Number(parts[1]);
  const b = Number(parts[2] ?? parts[1]);
  return { from: Math.min(a, b), to: Math.max(a, b) };
}

export const lineHash = ({ from, to }: LineRange): string => (from === to ? `#L${from}` : `#L${from}-L${to}`);

/** A click on a number chooses that line; with shift, everything from the line chosen before. */
export const chooseLine = (before: LineRange | undefined, line: number, extend: boolean): LineRange =>
  extend && before ? { from: Math.min(before.from, line), to: Math.max(before.from, line) } : { from: line, to: line };
