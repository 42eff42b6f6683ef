// Escape sequences as terminals read them: CSI (also the one-character form), OSC up to its end, and two-character ones.
const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]?/g;

/** The part of a line that a terminal leaves visible of a progress bar: what follows its last carriage return. */
export function afterCarriageReturn(text: string): string {
  const whole = text.endsWith('\r') ? text.slice(0, -1) : text; // a line that ends in CR LF
  return whole.slice(whole.lastIndexOf('\r') + 1);
}

/**
 * A line as it is shown and as it is searched (product rule 17): after the last carriage return, without escape
 * sequences. Offsets into a line are UTF-16 units of this text.
 */
export const shownText = (text: string): string => afterCarriageReturn(text).replace(ESCAPES, '');
