const MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 31_536_000_000 } as const;
const BYTES = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 } as const;

/** `90s`, `12h`, `7d`, `1y` in milliseconds (a year has 365 days); undefined when the text is no duration above zero. */
export function parseDuration(text: string): number | undefined {
  return scaled(text, MS);
}

/** `512B`, `64KiB`, `1GiB` in bytes; undefined when the text is no size above zero. */
export function parseSize(text: string): number | undefined {
  return scaled(text, BYTES);
}

function scaled(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, digits, unit] = /^(\d{1,9}) ?([a-zA-Z]+)$/.exec(text.trim()) ?? [];
  const factor = unit === undefined || !Object.hasOwn(units, unit) ? undefined : units[unit];
  const amount = Number(digits) * (factor ?? 0);
  return amount > 0 ? amount : undefined;
}
