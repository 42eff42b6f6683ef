import { type DestinationStream, type Logger, pino } from 'pino';

const HIDDEN = '[redacted]';

/** What is never logged, wherever and however deep it stands. Compared without case, `_` and `-`. */
const SECRET_KEYS = new Set([
  'ticket',
  'tickets',
  'token',
  'tokens',
  'cookie',
  'cookies',
  'setcookie',
  'password',
  'passwords',
  'secret',
  'authsecret',
  'authorization',
  'csrf',
  'csrfpreventiontoken',
  'pveauthcookie',
  'tfachallenge',
  'challenge',
  'otp',
  'code',
  'answer',
]);

/** The same in running text, for messages of others: a URL, a header line, a form, JSON within JSON. */
const SECRET_TEXT = [
  // PVE:root@pam:65A1B2C3::base64, and PVE!tfa!… of a half sign-in
  /\bPVE(?::|!|%3A|%21)[^\s"'\\,;]{0,4000}?(?:::|%3A%3A)[A-Za-z0-9+/=%_-]+/gi,
  // user@realm!name=secret, with or without PVEAPIToken= before it
  /(?<=![A-Za-z][\w.-]*=)[^\s"'\\,;&]+/g,
  /(?<=\b(?:Bearer|Basic)\s)[^\s"'\\,;]+/gi,
  // password=…, "ticket": "…", CSRFPreventionToken: …, Cookie: a=b
  /(?<=\b(?:password|tickets?|secret|token|csrfpreventiontoken|pveauthcookie|authorization|(?:set-)?cookie|otp|tfa-challenge)\\?["']?\s{0,2}[:=]\s{0,2}\\?["']?)(?!\[redacted\]|Bearer\s|Basic\s)[^\s"'\\,&]+/gi,
  // https://user:password@host
  /(?<=:\/\/[^\s/:@"']*:)[^\s/@"']+(?=@)/g,
];

// Whoever may choose a text that is logged must not choose how long the patterns above search it.
const LONGEST_TEXT = 16_384;

function hideText(text: string): string {
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)} [cut]` : text;
  return SECRET_TEXT.reduce((hidden, pattern) => hidden.replace(pattern, HIDDEN), cut);
}

/** One JSON line as it may be written. Done last, when nothing can be added any more, and to all of it. */
function hideLine(line: string): string {
  const hidden: unknown = JSON.parse(line, (key, value: unknown) => {
    if (isSecret(key, value)) return HIDDEN;
    return typeof value === 'string' ? hideText(value) : value;
  });
  return `${JSON.stringify(hidden)}\n`;
}

/** An error's `code` is a word for programs; a `code` of digits is somebody's second factor. */
function isSecret(key: string, value: unknown): boolean {
  const plain = key.toLowerCase().replace(/[_-]/g, '');
  if (plain === 'code') return typeof value === 'string' && /^\d+$/.test(value);
  return SECRET_KEYS.has(plain) && typeof value !== 'boolean' && value !== null;
}

/** An error with its code, its own fields and its causes, which JSON would leave out. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause, ...fields } = error;
  return { type: name, message, stack, ...fields, ...(cause === undefined ? {} : { cause: plainError(cause) }) };
}

/** A logger that writes JSON lines to `to`. */
export function makeLog(to: DestinationStream): Logger {
  return pino(
    {
      level: 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: plainError },
    },
    { write: (line) => to.write(hideLine(line)) },
  );
}

// Next evaluates modules several times in one process; the level that boot sets is to hold for all of them.
const KEY = Symbol.for('taskscope.log');
const shared = globalThis as typeof globalThis & { [KEY]?: Logger };
shared[KEY] ??= makeLog({ write: (line) => void process.stdout.write(line) });

/** The one logger: JSON lines on standard output, without tickets, tokens, cookies and passwords. */
export const log: Logger = shared[KEY];
