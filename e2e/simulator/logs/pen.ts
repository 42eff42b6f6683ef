import type { Run, Step } from '../tasks/script.ts';

/** Writes a log with the time it would be: scripts never look at a clock, so a log can be written again from its seed. */
export class Pen {
  #atMs: number;
  readonly #beganMs: number;

  constructor(run: Run) {
    this.#atMs = run.startedAtMs;
    this.#beganMs = run.startedAtMs;
  }

  /** A line, after so many milliseconds of work. */
  line(text: string, afterMs = 0): Step {
    return this.raw(`${text}\n`, afterMs);
  }

  /** Text without a line end of its own. */
  raw(text: string | Buffer, afterMs = 0): Step {
    this.#atMs += afterMs;
    return { afterMs, text };
  }

  /** A line with the node's time in front, which is UTC here. */
  stamped(text: string, afterMs = 0): Step {
    this.#atMs += afterMs;
    return { afterMs, text: `${this.time()} ${text}\n` };
  }

  /** `2026-01-02 03:04:05` */
  time(): string {
    return stamp(this.#atMs);
  }

  atMs(): number {
    return this.#atMs;
  }

  elapsedMs(): number {
    return this.#atMs - this.#beganMs;
  }
}

export const stamp = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');

/** `00:01:12` */
export function clockTime(ms: number): string {
  const s = Math.round(ms / 1000);
  return [s / 3600, (s / 60) % 60, s % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

/** `1m 5s`, zero parts left out. */
export function duration(ms: number): string {
  const s = Math.round(ms / 1000);
  const parts = [`${Math.floor(s / 3600)}h`, `${Math.floor(s / 60) % 60}m`, `${s % 60}s`];
  return parts.filter((part) => !part.startsWith('0')).join(' ') || '0s';
}

/** `11.9 GiB`: binary units; one decimal in progress lines, two in summaries. */
export function size(bytes: number, decimals = 1): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : decimals)} ${units[power]}`;
}

export const GIB = 1024 ** 3;
export const MIB = 1024 ** 2;
