import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { PostgresDatabase } from './database';

declare module 'vitest' {
  interface ProvidedContext {
    /** An empty folder of this run, for its database server. */
    postgresFolder: string;
  }
}

const run = promisify(execFile);
const ROOTS = '/usr/lib/postgresql';
const TEMPLATE = 'ready';

let server: Promise<string> | undefined;

/** A database of its own on a real server that the first who asks starts, with the tables already made. */
export async function aDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  server ??= import('vitest').then(({ inject }) => started(inject('postgresFolder'))); // also loaded where no test runs
  const folder = await server;
  const name = `t${randomUUID().replaceAll('-', '')}`;
  await command(folder, `create database ${name} template ${TEMPLATE}`);
  return { url: urlOf(folder, name), drop: () => command(folder, `drop database ${name} with (force)`) };
}

/** Runs one statement in a database, as if by somebody else. */
export async function queryAside<R>(url: string, sql: string): Promise<R[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

const urlOf = (folder: string, name: string): string => `postgres://app@localhost/${name}?host=${folder}`;

const command = async (folder: string, sql: string): Promise<void> => {
  await queryAside(urlOf(folder, 'postgres'), sql);
};

async function started(folder: string): Promise<string> {
  const first = await mkdir(join(folder, 'claimed')).then(
    () => true,
    () => false, // another test file starts it
  );
  if (first) {
    await start(folder).catch((error) => writeFile(join(folder, 'failed'), String(error)));
    await writeFile(join(folder, 'ready'), '');
  }
  while (!existsSync(join(folder, 'ready'))) await setTimeout(50);
  if (existsSync(join(folder, 'failed'))) throw new Error(`The test database did not start; see ${folder}/log.`);
  return folder;
}

/** Its own collation is a language's, so that nothing of ours may lean on the order of bytes by chance. */
async function start(folder: string): Promise<void> {
  const data = join(folder, 'data');
  const [initdb, control] = await Promise.all([program('initdb'), program('pg_ctl')]);
  const locale = ['--locale=C', '--locale-provider=icu', '--icu-locale=en-US', '-E', 'UTF8'];
  await asNobodySpecial(folder, initdb, ['-D', data, '-A', 'trust', '-U', 'app', '--no-sync', ...locale]);
  const options = `-c listen_addresses='' -c unix_socket_directories=${folder} -c fsync=off -c max_connections=200`;
  await asNobodySpecial(folder, control, ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start']);
  await command(folder, `create database ${TEMPLATE}`);
  const database = new PostgresDatabase(urlOf(folder, TEMPLATE));
  await database.migrate();
  await database.close();
}

async function program(name: string): Promise<string> {
  const versions = existsSync(ROOTS) ? (await readdir(ROOTS)).sort().map((version) => join(ROOTS, version, 'bin')) : [];
  const folders = [...versions.reverse(), ...(process.env.PATH ?? '').split(delimiter)];
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (!found)
    throw new Error(`These tests need Postgres 15: ${name} is not there. On Debian: apt-get install postgresql.`);
  return found;
}

/** Postgres refuses to run as root. */
async function asNobodySpecial(folder: string, path: string, args: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0) {
    await run(path, args);
    return;
  }
  await run('chown', ['postgres', folder]);
  await run('runuser', ['-u', 'postgres', '--', path, ...args], { cwd: folder });
}
