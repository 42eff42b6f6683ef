import type { z } from 'zod';
import { settingAt } from './settings';

/** A setting that stops the start. The message is the one sentence the operator reads: key, value, what was expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Settings as they were written, and where each of them was: the file's key, or the variable that was laid over it. */
export type Written = {
  settings: Record<string, unknown>;
  file: string | undefined;
  variables: ReadonlyMap<string, string>;
};

/** The sentence for a failed parse. The first issue is enough: the next start tells the next one. */
export function refusal(root: z.core.$ZodType, written: Written, issue: z.core.$ZodIssue): ConfigError {
  const place = (path: readonly PropertyKey[]) => placeOf(written, path);
  if (issue.code === 'unrecognized_keys') {
    return new ConfigError(
      `${place([...issue.path, issue.keys[0] ?? ''])} is no setting of this version, expected one of those in docs/config.sample.yaml.`,
    );
  }
  const found = settingAt(root, issue.path);
  if (found === undefined)
    return new ConfigError(`${place(issue.path)} ${shown(valueAt(written, issue.path))}, expected settings below it.`);
  const value = valueAt(written, issue.path);
  const text = found.about.secret && value !== undefined ? 'has a value that cannot be used (not shown)' : shown(value);
  return new ConfigError(`${place(issue.path)} ${text}, expected ${found.about.expected}.`);
}

/** How to name a setting so that the operator finds it: `PORT`, or `config.yaml: clusters[0].urls[1]`. */
export function placeOf({ file, variables }: Written, path: readonly PropertyKey[]): string {
  for (let length = path.length; length > 0; length -= 1) {
    const variable = variables.get(path.slice(0, length).join('.'));
    if (variable !== undefined) return variable;
  }
  const key = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1);
  return file === undefined ? key : key === '' ? file : `${file}: ${key}`;
}

function valueAt({ settings }: Written, path: readonly PropertyKey[]): unknown {
  let value: unknown = settings;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) break; // a list that a variable writes as one text
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** Never the content of a list or group, as secrets may be in there, nor the password of an address. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return 'is missing';
  if (typeof value === 'object') return Array.isArray(value) ? 'is a list' : 'is a group of settings';
  const text = JSON.stringify(value).replace(/\/\/[^/]*@/, '//…@');
  return `is ${text.length > 120 ? `${text.slice(0, 117)}…` : text}`;
}
