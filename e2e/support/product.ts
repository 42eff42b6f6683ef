import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadConfig } from '@/lib/config/load';
import { serverEnvironment } from '@/scripts/server/environment.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A running product, as `npm start` starts it. */
export type Product = {
  /** Where it answers, with its base path, without a trailing slash. */
  url: string;
  port: number;
  /** What it wrote so far, on both outputs. */
  output(): string;
  /** Ends it at once, as a crash or a power cut does. */
  kill(): Promise<void>;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
};

type Start = {
  /** Its settings, as an operator gives them: CONFIG_FILE, DATA_DIR … */
  env: Readonly<Record<string, string>>;
  /** A free one when absent. */
  port?: number;
  /** The project whose build is served; this one when absent. */
  root?: string;
};

/** Starts the built product and waits until it can serve; fails with what it wrote when it does not within 20 s. */
export async function startProduct({ env, port: wanted, root = ROOT }: Start): Promise<Product> {
  const port = wanted ?? (await freePort());
  const settings = { AUTH_SECRET: 'the-same-secret-for-every-test', ...env, PORT: String(port), TASKSCOPE_HOME: root };
  const config = loadConfig(settings);
  const preload = pathToFileURL(`${root}/scripts/server/preload.ts`).href;
  const child = spawn(process.execPath, ['--import', preload, `${root}/.next/standalone/server.js`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      TZ: 'UTC',
      NODE_ENV: 'production',
      ...settings,
      ...serverEnvironment(config, root),
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const url = `http://127.0.0.1:${port}${config.basePath}`;
  await untilReady(child, `${url}/api/health/ready`, () => output);
  return { url, port, output: () => output, kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM') };
}

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function untilReady(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const until = Date.now() + 20_000;
  while (Date.now() < until && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50)); // nothing but the answer itself says it
  }
  child.kill('SIGKILL');
  throw new Error(`The product did not come up at ${url}:\n${output()}`);
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(late);
}
