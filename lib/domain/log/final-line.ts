const FINAL = /^TASK (?:(?<ok>OK)|(?<warnings>WARNINGS: \d+)|ERROR: (?<error>.+))$/;

/**
 * The exit status a worker wrote as its log's last line (api-contract 4.7); `undefined` when the line is no final one.
 * Lines that look like it may stand in the middle of a log: ask about the last one only.
 */
export function finalStatus(line: string): string | undefined {
  const parts = FINAL.exec(line.trimEnd())?.groups;
  return parts?.ok ?? parts?.warnings ?? parts?.error;
}
