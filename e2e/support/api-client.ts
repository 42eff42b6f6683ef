/** Who signs in; `user` is `name@realm`. */
export type Account = { user: string; password: string; cluster?: string };

export type StreamEvent = { id: string | null; event: string; data: unknown };

/** A script or a browser without a screen: keeps cookies, asks our API, reads its streams. */
export class ApiClient {
  readonly url: string;
  readonly cookies = new Map<string, string>();
  readonly #headers: Readonly<Record<string, string>>;

  /** `headers` go with every request, as an API token does. */
  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.url = url;
    this.#headers = headers;
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(this.#headers);
    const jar = [...this.cookies].map(([name, value]) => `${name}=${value}`);
    if (jar.length > 0) headers.set('cookie', jar.join('; '));
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    const response = await fetch(this.url + path, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split(/=(.*)/s) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** The answer as JSON; throws with the body when it is none of 2xx. */
  async json<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await this.ask(path, init);
    if (!response.ok) throw new Error(`${response.status} ${path}: ${await response.text()}`);
    return (await response.json()) as T; // the shape is what the test asserts
  }

  /** A write as our own pages send it. */
  write(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = { origin: this.url, 'content-type': 'application/json' };
    return this.ask(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }

  /** Signs in through next-auth's own addresses; gives its error text, null when it went well. */
  async signIn(fields: Readonly<Record<string, string>>): Promise<string | null> {
    const { csrfToken } = await this.json<{ csrfToken: string }>('/api/auth/csrf');
    const answer = await this.json<{ url: string }>('/api/auth/callback/proxmox', {
      method: 'POST',
      headers: { origin: this.url },
      body: new URLSearchParams({ ...fields, csrfToken, callbackUrl: '/', json: 'true' }),
    }).catch((error: unknown) => {
      const told = /\{.*\}/s.exec(String(error))?.[0];
      if (told) return JSON.parse(told) as { url: string }; // a refusal is a 401 with the same shape
      throw error;
    });
    return new URL(answer.url, this.url).searchParams.get('error');
  }

  /** The events of a stream until the signal aborts or the server ends it. */
  async *events(path: string, signal: AbortSignal, lastEventId?: string): AsyncGenerator<StreamEvent> {
    const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const response = await this.ask(path, { signal, headers });
    if (!response.ok || !response.body) throw new Error(`${response.status} ${path}: ${await response.text()}`);
    let rest = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const frames = (rest + chunk).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        const event = readFrame(frame);
        if (event) yield event;
      }
    }
  }
}

/** A client that has signed in; throws when that was refused. */
export async function signedIn(url: string, { user, password, cluster = 'lab' }: Account): Promise<ApiClient> {
  const client = new ApiClient(url);
  const at = user.lastIndexOf('@');
  const error = await client.signIn({ cluster, username: user.slice(0, at), realm: user.slice(at + 1), password });
  if (error !== null) throw new Error(`${user} could not sign in: ${error}`);
  return client;
}

function readFrame(frame: string): StreamEvent | undefined {
  const fields = new Map(frame.split('\n').map((line) => line.split(/: ?(.*)/s).slice(0, 2) as [string, string]));
  const event = fields.get('event');
  if (event === undefined) return undefined;
  return { id: fields.get('id') ?? null, event, data: JSON.parse(fields.get('data') ?? 'null') };
}
