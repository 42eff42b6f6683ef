import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError, placeOf, type Written } from './config-error';
import { groupOf, settingOf } from './settings';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The file's settings with the environment laid over them, secrets read from their files and paths made absolute;
 * nothing is checked yet. `home` is the folder the product was started in.
 */
export function readWritten(root: z.core.$ZodType, env: Env, home: string): Written {
  const path = configFile(env, home);
  const base = path === undefined ? home : dirname(path);
  const settings = path === undefined ? {} : readYaml(path);
  const variables = new Map<string, string>();
  const written = { settings, file: path && basename(path), variables };
  const clusters = clusterGroup(root);
  resolveFiles(written, root, settings, base, []);
  if (Array.isArray(settings.clusters)) {
    for (const [index, cluster] of settings.clusters.entries()) {
      if (isRecord(cluster)) resolveFiles(written, clusters, cluster, base, ['clusters', index]);
    }
  }
  for (const [key, name] of overlay(root, settings, env, home)) variables.set(key, name);
  const single: Record<string, unknown> = {};
  const [found] = overlay(clusters, single, env, home).values();
  if (found === undefined) return written;
  if (settings.clusters !== undefined) {
    throw new ConfigError(`${found} is set although ${written.file} has clusters, expected one or the other.`);
  }
  settings.clusters = [{ id: 'pve', ...single }];
  for (const [key, schema] of Object.entries(groupOf(clusters) ?? {})) {
    const name = settingOf(schema)?.env;
    if (name) variables.set(`clusters.0.${key}`, name);
  }
  return written;
}

const clusterGroup = (root: z.core.$ZodType) => groupOf(root)?.clusters as z.core.$ZodType;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function configFile(env: Env, home: string): string | undefined {
  if (env.CONFIG_FILE) return resolve(home, env.CONFIG_FILE);
  const path = resolve(home, 'config.yaml');
  return existsSync(path) ? path : undefined;
}

function readYaml(path: string): Record<string, unknown> {
  const lines = new LineCounter();
  const text = readText(path, () => `CONFIG_FILE is ${JSON.stringify(path)}, expected a YAML file that can be read`);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const error = document.errors[0];
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new ConfigError(
      `${path} is no YAML at line ${line}, column ${col}: ${error.code.toLowerCase().replaceAll('_', ' ')}.`,
    );
  }
  const value: unknown = document.toJS() ?? {};
  if (!isRecord(value)) throw new ConfigError(`${path} holds no settings, expected "key: value" lines.`);
  return value;
}

/** Turns `x_file` of a secret into `x`, and relative paths into absolute ones. */
function resolveFiles(
  written: Written,
  group: z.core.$ZodType,
  values: Record<string, unknown>,
  base: string,
  at: PropertyKey[],
): void {
  for (const [key, schema] of Object.entries(groupOf(group) ?? {})) {
    const about = settingOf(schema);
    const value = values[key];
    if (about?.envOnly && value !== undefined) {
      throw new ConfigError(
        `${placeOf(written, [...at, key])} has no place in the file, expected the environment variable ${about.env}.`,
      );
    }
    if (about?.path && typeof value === 'string') values[key] = resolve(base, value);
    const file = values[`${key}_file`];
    if (!about?.secret || file === undefined) continue;
    const place = placeOf(written, [...at, `${key}_file`]);
    if (value !== undefined) throw new ConfigError(`${place} is set beside ${key}, expected one of the two.`);
    values[key] = readSecret(place, typeof file === 'string' ? resolve(base, file) : file);
    delete values[`${key}_file`];
  }
}

/** Lays the variables over `values`; gives back which key came from which variable. */
function overlay(group: z.core.$ZodType, values: Record<string, unknown>, env: Env, home: string): Map<string, string> {
  const from = new Map<string, string>();
  for (const [key, schema] of Object.entries(groupOf(group) ?? {})) {
    const { env: name, secret, path } = settingOf(schema) ?? {};
    if (name === undefined) continue;
    const text = env[name];
    const file = secret && env[`${name}_FILE`];
    if (text && file) throw new ConfigError(`${name}_FILE is set beside ${name}, expected one of the two.`);
    if (file) values[key] = readSecret(`${name}_FILE`, resolve(home, file));
    else if (text) values[key] = path ? resolve(home, text) : text;
    else continue; // an empty variable is one that is not set
    from.set(key, file ? `${name}_FILE` : name);
  }
  return from;
}

function readSecret(place: string, path: unknown): string {
  const expected = () => `${place} is ${JSON.stringify(path)}, expected a file that can be read`;
  if (typeof path !== 'string') throw new ConfigError(`${expected()}.`);
  return readText(path, expected).trim();
}

/** The text of a file; a failure is told as `sentence` with the system's reason. */
export function readText(path: string, sentence: () => string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`${sentence()} (${(error as NodeJS.ErrnoException).code}).`);
  }
}
