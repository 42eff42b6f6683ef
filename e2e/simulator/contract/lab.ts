import { totpCode } from '../access/totp.ts';
import { launchSimulator, type RunningSimulator } from '../start.ts';
import { type Asked, ask, type Heard } from './ask.ts';

export type RecordedRequest = {
  method: string;
  path: string;
  /** Pairs where a key came twice. */
  query: Record<string, unknown> | [string, string][];
  headers: Record<string, string>;
  body: unknown;
};

type Signed = { ticket: string; csrf: string };

const PASSWORDS: Record<string, string> = { 'root@pam': 'rootpass-1' };
const TOTP_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

/** The simulated lab, and whoever of it has signed in so far. */
export class Lab {
  readonly simulator: RunningSimulator;
  #signed = new Map<string, Signed>();
  /** Kept on purpose while the clock goes on. */
  old: Signed = { ticket: '', csrf: '' };
  half = '';
  #aheadS = 0;

  constructor(simulator: RunningSimulator) {
    this.simulator = simulator;
  }

  static async open(): Promise<Lab> {
    const quick = ['--fast-401', '--frozen-ms', '300', '--unreachable-ms', '100'];
    return new Lab(await launchSimulator(['--scenario', 'recorded-lab', ...quick]));
  }

  async signIn(user: string): Promise<Signed> {
    const known = this.#signed.get(user);
    if (known) return known;
    const password = PASSWORDS[user] ?? `${user.split('@')[0]}-pass-1`;
    const answer = await this.#post('/api2/json/access/ticket', { username: user, password });
    const signed = { ticket: answer.ticket ?? '', csrf: answer.CSRFPreventionToken ?? '' };
    if (answer.NeedTFA === undefined) this.#signed.set(user, signed);
    return signed;
  }

  /** Everybody signs in anew from now on; the clock may go back, too. */
  async advance(seconds: number): Promise<void> {
    await this.simulator.call('/clock', { advance: seconds });
    this.#aheadS += seconds;
    this.#signed.clear();
  }

  totp(): string {
    return totpCode(TOTP_SECRET, Math.floor(Date.now() / 1000) + this.#aheadS);
  }

  /** What was recorded, asked here: credentials are those of `as` unless `name` is about bad ones. */
  async repeat(name: string, as: string | undefined, recorded: RecordedRequest): Promise<Heard> {
    const query = new URLSearchParams(pairsOf(recorded.query)).toString();
    const { path } = recorded;
    const url = `${this.#urlFor(name)}${path}${query === '' ? '' : `?${query}`}`;
    const headers: Record<string, string> = {};
    for (const [key, value] of Object.entries(recorded.headers))
      headers[key] = await this.#header(name, as, key, value);
    const body = await this.#body(name, recorded);
    const asked: Asked = { method: recorded.method, url, headers };
    return ask(body === undefined ? asked : { ...asked, body });
  }

  #urlFor(name: string): string {
    const [first = '', second = ''] = this.simulator.clusters[0]?.urls ?? [];
    return name === 'tasks-rotated' ? second : first;
  }

  async #header(name: string, as: string | undefined, key: string, value: string): Promise<string> {
    if (key === 'CSRFPreventionToken') return value === '<csrf token>' ? this.#csrf(name, as) : value;
    if (key === 'Authorization' && value.startsWith('PVEAPIToken')) return this.#token(name, value);
    if (name === 'auth-ticket-two-cookies')
      return `theme=dark; PVEAuthCookie=${encodeURIComponent((await this.signIn(as ?? '')).ticket)}; a=1`;
    if (!value.includes('<ticket>')) return value;
    const ticket = await this.#ticket(name, as);
    return value.replace('<ticket>', key === 'Cookie' ? encodeURIComponent(ticket) : ticket);
  }

  async #ticket(name: string, as: string | undefined): Promise<string> {
    if (name === 'auth-garbage-ticket') return 'garbage';
    if (name === 'auth-tfa-limited-ticket-used') return this.half;
    if (name === 'auth-tampered-ticket') return (await this.signIn(as ?? '')).ticket.replace(/.{6}==$/, 'AAAAAA==');
    if (/^auth-(almost-expired|expired|future|disabled-user)/.test(name)) return this.old.ticket;
    return as === undefined || as.startsWith('token ') ? 'x' : (await this.signIn(as)).ticket;
  }

  async #csrf(name: string, as: string | undefined): Promise<string> {
    if (name === 'auth-csrf-expired') return this.old.csrf;
    if (name === 'auth-csrf-of-other-user') return (await this.signIn('auditor@pve')).csrf;
    return (await this.signIn(as ?? '')).csrf;
  }

  #token(name: string, value: string): string {
    if (name === 'token-bad-secret') return value.replace('<secret>', '00000000-0000-4000-8000-000000000000');
    const secret = `00000000-0000-4000-8000-${secretEnd(value)}`;
    return value.replace('<secret>', value.includes('!') ? secret : 'garbage');
  }

  /** Passwords that were tickets, and answers to challenges, are those of now. */
  async #body(name: string, { body, headers }: RecordedRequest): Promise<string | undefined> {
    if (body === null || body === undefined) return undefined;
    if (typeof body === 'string') return body;
    const fields: Record<string, unknown> = { ...body };
    if (typeof fields.password === 'string' && fields.password.startsWith('PVE:')) {
      const own = fields.password.split(':')[1] ?? '';
      fields.password = /expired/.test(name) ? this.old.ticket : (await this.signIn(own)).ticket;
    }
    if (fields['tfa-challenge'] !== undefined) fields['tfa-challenge'] = this.half;
    if (name === 'auth-tfa-ok') fields.password = `totp:${this.totp()}`;
    if (headers['Content-Type']?.includes('json')) return JSON.stringify(fields);
    return new URLSearchParams(Object.entries(fields).flatMap(spread)).toString();
  }

  async #post(path: string, fields: Record<string, string>): Promise<Record<string, string>> {
    const body = new URLSearchParams(fields).toString();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const heard = await ask({ method: 'POST', url: `${this.#urlFor('')}${path}`, headers, body });
    if (heard.status !== 200) throw new Error(`sign-in: ${heard.status} ${heard.reason}`);
    return JSON.parse(heard.bytes.toString('utf8')).data;
  }
}

const pairsOf = (query: RecordedRequest['query']): [string, string][] =>
  Array.isArray(query) ? query : Object.entries(query).flatMap(spread);

const spread = ([key, value]: [string, unknown]): [string, string][] =>
  Array.isArray(value) ? value.map((item) => [key, String(item)]) : [[key, String(value)]];

/** As the scenario makes them up. */
const secretEnd = (header: string): string => {
  const name = /!(\w+)=/.exec(header)?.[1] ?? '';
  return name
    .padEnd(12, '0')
    .slice(0, 12)
    .replace(/[^0-9a-f]/g, 'a');
};
