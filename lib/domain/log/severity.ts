export type Severity = 'error' | 'warning' | 'info';

// Lines of migrations begin with the node's local time, replication lines with the job's id after it (api-contract 10.2, 10.3).
const STAMP = String.raw`^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:\d+-\d+: )?)?`;
const ERROR = new RegExp(
  `${STAMP}(?:ERROR:|E: |TASK ERROR:|command '.*' failed:|error:|end replication job with error:)`,
);
const WARNING = new RegExp(`${STAMP}(?:WARN:|WARNING:|W: |TASK WARNINGS:)`);

/** What a line of a log, as it is shown, tells: the vocabulary of api-contract 10. */
export function severityOf(text: string): Severity {
  if (ERROR.test(text)) return 'error';
  return WARNING.test(text) ? 'warning' : 'info';
}
