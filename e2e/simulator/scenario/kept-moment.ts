import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DAY_MS = 86_400_000;

/**
 * The moment (ms) up to which the day is made up: that of the first start in this folder for a day, so that a restart
 * repeats the tasks that somebody has archived already instead of making up others for the same hours.
 */
export function keptMoment(stateDir: string, nowMs: number): number {
  const file = join(stateDir, 'first-start');
  const kept = readMoment(file);
  if (kept !== undefined && kept <= nowMs && nowMs - kept < DAY_MS) return kept;
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(file, String(nowMs));
  return nowMs;
}

function readMoment(file: string): number | undefined {
  try {
    const ms = Number(readFileSync(file, 'utf8'));
    return Number.isSafeInteger(ms) ? ms : undefined;
  } catch {
    return undefined; // the first start
  }
}
