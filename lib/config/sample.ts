import { stringify } from 'yaml';
import { z } from 'zod';
import { Settings } from './schema';
import { groupOf, type Setting, settingOf } from './settings';

/** docs/config.sample.yaml: every setting the file may hold, commented out where the product does without it. */
export function printSample(): string {
  const head = [
    '# Settings of Taskscope. Copy this file to config.yaml, or name its place in CONFIG_FILE.',
    '# An environment variable in brackets wins over the file. A secret may stand in the file itself (token: …) or,',
    '# better, in a file of its own (token_file: …). Lines behind "#" show the default or an example.',
  ];
  return `${[...head, ...group(Settings, '')].join('\n')}\n`;
}

/** The README's table of environment variables. */
export function printTable(): string {
  const rows = documented(Settings).flatMap(({ key, about, schema }) =>
    key === 'clusters' ? documented(groupOf(Settings)?.clusters).map(row) : [row({ about, schema })],
  );
  return `${['| variable | default | meaning |', '| --- | --- | --- |', ...rows.filter((text) => text !== '')].join('\n')}\n`;
}

type Documented = { key: string; about: Setting; schema: z.core.$ZodType };

function documented(schema: z.core.$ZodType | undefined): Documented[] {
  return Object.entries(groupOf(schema) ?? {}).flatMap(([key, inner]) => {
    const about = settingOf(inner);
    return about ? [{ key, about, schema: inner }] : [];
  });
}

function row({ about, schema }: Pick<Documented, 'about' | 'schema'>): string {
  if (about.env === undefined) return '';
  const plain = defaultOf(schema);
  const fallback = about.defaultText ?? (plain === undefined || plain === '' ? '–' : `\`${String(plain)}\``);
  const from = about.secret ? `, \`${about.env}_FILE\`` : '';
  return `| \`${about.env}\`${from} | ${fallback} | ${about.description} |`;
}

function group(schema: z.core.$ZodType, indent: string): string[] {
  return Object.entries(groupOf(schema) ?? {}).flatMap(([key, inner]) => {
    const about = settingOf(inner);
    if (about?.envOnly) return [];
    const variable = about?.env ? ` [${about.env}]` : '';
    const comment = about ? [`${indent}# ${about.description}${variable}`] : [];
    const lines = groupOf(inner) === undefined ? leaf(key, about, inner, indent) : branch(key, inner, indent);
    return [...(indent === '' ? [''] : []), ...comment, ...(mayBeAbsent(inner) ? lines.map(off) : lines)];
  });
}

function branch(key: string, schema: z.core.$ZodType, indent: string): string[] {
  const listed = schema instanceof z.ZodArray;
  const lines = group(schema, listed ? `${indent}    ` : `${indent}  `);
  const first = lines.findIndex((line) => !/^ *#/.test(line)); // the first setting of a list's element carries the dash
  const dashed = (line: string, index: number) =>
    listed && index === first ? `${indent}  - ${line.trimStart()}` : line;
  return [`${indent}${key}:`, ...lines.map(dashed)];
}

function leaf(key: string, about: Setting | undefined, schema: z.core.$ZodType, indent: string): string[] {
  const name = about?.secret ? `${key}_file` : key;
  const value = about?.sample ?? defaultOf(schema) ?? null;
  const text = stringify({ [name]: value }, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 });
  return [`${indent}${text.trim().slice(1, -1)}`]; // without the braces of the outermost map
}

const off = (line: string) => (/^ *#/.test(line) ? line : line.replace(/^( *)/, '$1#'));

const mayBeAbsent = (schema: z.core.$ZodType) => schema instanceof z.ZodOptional || defaultOf(schema) !== undefined;

/** What stands for a setting that is absent; undefined when nothing does. */
function defaultOf(schema: z.core.$ZodType): unknown {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.def.defaultValue : undefined;
}
