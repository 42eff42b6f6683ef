/**
 * Repairs text that was encoded as UTF-8 twice: a node reads task logs and end texts as bytes and encodes each byte as one
 * character (`ä` arrives as `Ã¤`; api-contract 4.6). Text with a character above U+00FF, or whose bytes are no UTF-8, was
 * not, and comes back as it is.
 */
export function repairDoubleUtf8(text: string): string {
  if (!ONE_BYTE_EACH.test(text)) return text;
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return text;
  }
}

// At least one byte that is not ASCII, none beyond a byte. The look-ahead is cheap: most lines are ASCII and stop there.
const ONE_BYTE_EACH = /^(?=[\0-\x7f]*[\x80-\xff])[\0-\xff]*$/;
