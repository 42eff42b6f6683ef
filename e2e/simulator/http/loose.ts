/** Turns some numbers into texts, as Perl does to any scalar that was last used as one (1.3). */
export function loosen(value: unknown): unknown {
  if (typeof value === 'number') return Math.random() < 0.5 ? String(value) : value;
  if (Array.isArray(value)) return value.map(loosen);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, loosen(inner)]));
}
