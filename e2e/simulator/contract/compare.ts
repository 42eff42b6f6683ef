/** A body with what is different on every run made the same: tickets and CSRF tokens keep their form only. */
export function steady(value: unknown): unknown {
  if (typeof value === 'string') {
    return value
      .replace(/^(PVE:\S+):[0-9A-F]{8}::[A-Za-z0-9+/]{342}==$/, '$1 <signed>')
      .replace(/^[0-9A-F]{8}:[A-Za-z0-9+/]{43}$/, '<csrf token>');
  }
  if (Array.isArray(value)) return value.map(steady);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, steady(inner)]));
}

/** The same rows in an order of their own, for answers whose order means nothing. */
export function sorted(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('data' in body) || !Array.isArray(body.data)) return body;
  const text = (row: unknown): string =>
    typeof row === 'object' && row !== null ? JSON.stringify(Object.entries(row).sort()) : String(row);
  return { ...body, data: body.data.toSorted((a, b) => text(a).localeCompare(text(b))) };
}

/**
 * Where two values differ in shape: another type, a key that the recorded rows never have, or one that all of them have
 * and a simulated row lacks. Texts that are numbers count as numbers (api-contract 1.3).
 */
export function shapeDifferences(recorded: unknown, simulated: unknown, at = '$'): string[] {
  if (Array.isArray(recorded) && Array.isArray(simulated)) {
    if (recorded.length === 0 || simulated.length === 0) {
      return recorded.length === simulated.length
        ? []
        : [`${at}: ${recorded.length} rows recorded, ${simulated.length} simulated`];
    }
    return [...new Set(simulated.flatMap((row) => rowDifferences(recorded, row, `${at}[]`)))];
  }
  if (isObject(recorded) && isObject(simulated)) return rowDifferences([recorded], simulated, at);
  const texts = typeof recorded === 'string' && typeof simulated === 'string';
  return texts || kind(recorded) === kind(simulated)
    ? []
    : [`${at}: ${kind(recorded)} recorded, ${kind(simulated)} simulated`];
}

/** Keys of task rows that depend on who started it and on when the node last wrote its list (4.2). */
const MAY_BE_THERE = new Set(['tokenid', 'saved']);

/** Rows of one list may be of several sorts (running or ended, `type`): a row is compared with those of its own. */
function rowDifferences(recorded: readonly unknown[], row: unknown, at: string): string[] {
  if (!isObject(row)) return recorded.some((other) => kind(other) === kind(row)) ? [] : [`${at}: ${kind(row)}`];
  const objects = recorded.filter(isObject);
  const ended = objects.filter((other) => 'endtime' in other === 'endtime' in row);
  const alike = ended.filter((other) => other.type === row.type);
  const peers = [alike, ended, objects].find((some) => some.length > 0) ?? [];
  const extra = Object.keys(row).filter((key) => !MAY_BE_THERE.has(key) && !peers.some((peer) => key in peer));
  const always = Object.keys(peers[0] ?? {}).filter((key) => peers.every((peer) => key in peer));
  const missing = always.filter((key) => !(key in row));
  const inner = Object.keys(row).flatMap((key) => {
    const examples = peers.filter((peer) => key in peer);
    const found = examples.map((peer) => shapeDifferences(peer[key], row[key], `${at}.${key}`));
    return found.length === 0 || found.some((differences) => differences.length === 0) ? [] : (found[0] ?? []);
  });
  return [
    ...extra.map((key) => `${at}.${key}: never recorded`),
    ...missing.map((key) => `${at}.${key}: missing`),
    ...inner,
  ];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function kind(value: unknown): string {
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return 'number';
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}
