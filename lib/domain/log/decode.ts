/** Lines as a node may hand them out: in any order, some twice, some without their text. */
type RawLine = { n: number; t?: string | null | undefined };

/**
 * The text of a log, search-language appendix A: lines by number, each once (the one given last counts), a missing text
 * as an empty line, joined by one line feed with none at the end.
 */
export function decodeLog(lines: readonly RawLine[]): string {
  const byNumber = new Map(lines.map(({ n, t }) => [n, t ?? '']));
  return [...byNumber]
    .sort(([one], [other]) => one - other)
    .map(([, text]) => text)
    .join('\n');
}
