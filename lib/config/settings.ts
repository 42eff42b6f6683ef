import { z } from 'zod';

/** What a setting is beside its shape. The README table, the sample file and every refusal are made of this. */
export type Setting = {
  /** One sentence for the operator. */
  description: string;
  /** Completes "… , expected …". */
  expected: string;
  /** The variable that overrides the file; for a list its parts are comma separated. */
  env?: string;
  /** Never shown, and readable from a file named by `X_FILE`, or by `x_file` in the file. */
  secret?: true;
  /** Names a file or folder: relative ones are taken from the folder of the config file, or where the product was started. */
  path?: true;
  /** Has no place in the file. */
  envOnly?: true;
  /** What the sample file shows; absent: the default. */
  sample?: unknown;
  /** What the README shows as default when that is no plain value. */
  defaultText?: string;
};

const settings = z.registry<Setting>();

/** Gives a schema its documentation. */
export function setting<S extends z.ZodType>(schema: S, about: Setting): S {
  settings.add(schema, about);
  return schema;
}

/** The documentation of a schema that `setting` made; undefined for a plain group of settings. */
export const settingOf = (schema: z.core.$ZodType | undefined): Setting | undefined =>
  schema === undefined ? undefined : settings.get(schema as z.ZodType); // the registry is typed by the full class only

/** The settings of a group by name, whether it stands alone, is optional, has a default, or is the element of a list. */
export function groupOf(schema: z.core.$ZodType | undefined): Readonly<Record<string, z.core.$ZodType>> | undefined {
  if (schema instanceof z.ZodObject) return schema.shape;
  if (schema instanceof z.ZodArray) return groupOf(schema.element);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return groupOf(schema.unwrap());
  }
  return undefined;
}

/** The innermost documented schema on the way to `path`, with how many parts of the path lead to it. */
export function settingAt(
  root: z.core.$ZodType,
  path: readonly PropertyKey[],
): { about: Setting; depth: number } | undefined {
  let schema: z.core.$ZodType | undefined = root;
  let found: { about: Setting; depth: number } | undefined;
  for (const [index, part] of path.entries()) {
    if (typeof part === 'string') schema = groupOf(schema)?.[part];
    const about = settingOf(schema);
    if (about) found = { about, depth: index + 1 };
  }
  return found;
}
