import { durationUnitOf, SECONDS } from './units';

const PIECE = /(?<number>\d+(?:\.\d+)?)\s*(?<unit>[a-z]*)\s*/giy;

/**
 * Reads a duration (search-language 8) as seconds: `90`, `1.5`, `1h30m`, `1 hour 30 minutes`, `1:30[:15]`.
 * Undefined when it is none: a unit nobody knows, a piece without a unit beside another, a negative.
 */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  const clock = /^(?<hours>\d+):(?<minutes>[0-5]\d)(?::(?<seconds>[0-5]\d))?$/.exec(trimmed)?.groups;
  if (clock) return Number(clock.hours) * 3600 + Number(clock.minutes) * 60 + Number(clock.seconds ?? 0);
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) return Number(trimmed);
  let total = 0;
  let read = 0;
  for (const piece of trimmed.matchAll(PIECE)) {
    const unit = durationUnitOf(piece.groups?.unit ?? '');
    if (!unit) return undefined;
    total += Number(piece.groups?.number) * SECONDS[unit];
    read = piece.index + piece[0].length;
  }
  return read === trimmed.length && read > 0 ? total : undefined;
}
