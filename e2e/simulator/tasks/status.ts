/** Proxmox's own classification of a status text (4.8); a running task has none and counts as unknown. */
export function statusClass(status: string | undefined): 'ok' | 'warning' | 'unknown' | 'error' {
  if (!status || status === 'unexpected status') return 'unknown';
  if (status === 'OK') return 'ok';
  return /^WARNINGS: \d+$/.test(status) ? 'warning' : 'error';
}

/** What the last line of a finished worker's log says; without its line feed in front it is not recognised (4.5). */
export function statusFromLog(bytes: Buffer): string {
  const end = bytes.at(-1) === 10 ? bytes.length - 1 : bytes.length;
  const last = bytes.subarray(bytes.subarray(0, end).lastIndexOf(10) + 1, end).toString('utf8');
  const match = /^TASK (OK|WARNINGS: \d+|ERROR: (.+))$/.exec(last);
  return match ? (match[2] ?? match[1] ?? 'OK') : 'unexpected status';
}
