import { afterCarriageReturn, shownText } from './shown-text';

export const ANSI_COLORS = [
  ...['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'],
  ...['bright-black', 'bright-red', 'bright-green', 'bright-yellow'],
  ...['bright-blue', 'bright-magenta', 'bright-cyan', 'bright-white'],
] as const;

/** One of the 16 colours a terminal has; finer ones are brought to the nearest of them. */
export type AnsiColor = (typeof ANSI_COLORS)[number];

/** How a run of characters is drawn. `inverse` is already spent: it has swapped the two colours. */
export type AnsiStyle = {
  color: AnsiColor | null;
  background: AnsiColor | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
};

export type AnsiSpan = AnsiStyle & { text: string };

type Pen = AnsiStyle & { inverse: boolean };

const PLAIN: Pen = {
  ...{ color: null, background: null },
  ...{ bold: false, dim: false, italic: false, underline: false, inverse: false },
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const STYLE = /(?:\u001b\[|\u009b)(?<codes>[\d;:]*)m/g;

/** A line as it is shown, in runs of one style; their texts together are `shownText`. Plain text is one run. */
export function parseAnsi(line: string): AnsiSpan[] {
  const text = afterCarriageReturn(line);
  const spans: AnsiSpan[] = [];
  let pen = PLAIN;
  let at = 0;
  const push = (end: number): void => {
    const shown = shownText(text.slice(at, end));
    if (shown !== '') spans.push({ text: shown, ...drawn(pen) });
  };
  for (const found of text.matchAll(STYLE)) {
    push(found.index);
    pen = applied(pen, found.groups?.codes ?? '');
    at = found.index + found[0].length;
  }
  push(text.length);
  return spans;
}

function drawn({ inverse, color, background, ...rest }: Pen): AnsiStyle {
  return inverse ? { ...rest, color: background, background: color ?? 'white' } : { ...rest, color, background };
}

function applied(pen: Pen, text: string): Pen {
  const codes = text.split(/[;:]/).map(Number);
  let next = pen;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { color, read } = extended(codes.slice(at + 1, at + 5));
      next = { ...next, [code === 38 ? 'color' : 'background']: color };
      at += read;
    } else next = withCode(next, code);
  }
  return next;
}

function withCode(pen: Pen, code: number): Pen {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...pen, bold: true };
  if (code === 2) return { ...pen, dim: true };
  if (code === 3) return { ...pen, italic: true };
  if (code === 4) return { ...pen, underline: true };
  if (code === 7) return { ...pen, inverse: true };
  if (code === 22) return { ...pen, bold: false, dim: false };
  if (code === 23) return { ...pen, italic: false };
  if (code === 24) return { ...pen, underline: false };
  if (code === 27) return { ...pen, inverse: false };
  if (code >= 30 && code <= 37) return { ...pen, color: colorAt(code - 30) };
  if (code === 39) return { ...pen, color: null };
  if (code >= 40 && code <= 47) return { ...pen, background: colorAt(code - 40) };
  if (code === 49) return { ...pen, background: null };
  if (code >= 90 && code <= 97) return { ...pen, color: colorAt(code - 82) };
  if (code >= 100 && code <= 107) return { ...pen, background: colorAt(code - 92) };
  return pen; // blinking, fonts, frames: not drawn here
}

/** `5;n` of 256 colours or `2;r;g;b`; `read` is how many numbers belong to it. */
function extended([mode, first = 0, second = 0, third = 0]: readonly number[]): {
  color: AnsiColor | null;
  read: number;
} {
  if (mode === 2) return { color: nearestColor(first, second, third), read: 4 };
  if (mode !== 5) return { color: null, read: 0 };
  if (first < 16) return { color: colorAt(first), read: 2 };
  if (first >= 232) {
    const grey = 8 + (first - 232) * 10;
    return { color: nearestColor(grey, grey, grey), read: 2 };
  }
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  const cube = first - 16;
  return {
    color: nearestColor(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)),
    read: 2,
  };
}

const colorAt = (index: number): AnsiColor | null => (ANSI_COLORS[index] as AnsiColor | undefined) ?? null;

/** Which of the three lights shine, and whether brightly. */
function nearestColor(red: number, green: number, blue: number): AnsiColor | null {
  const brightest = Math.max(red, green, blue);
  if (brightest < 48) return 'black';
  if (brightest - Math.min(red, green, blue) < 32) {
    return brightest < 128 ? 'bright-black' : brightest < 224 ? 'white' : 'bright-white';
  }
  const shines = (light: number): boolean => light > brightest * 0.6;
  const index = (shines(red) ? 1 : 0) + (shines(green) ? 2 : 0) + (shines(blue) ? 4 : 0);
  return colorAt(brightest > 215 ? index + 8 : index);
}
