import 'server-only';
import type { z } from 'zod';
import { AppError } from '@/lib/domain/errors';

type Params = Readonly<Record<string, string | string[] | undefined>>;

/** What was wrong with one parameter, as a 400 tells it in `issues`. */
type Issue = { parameter: string; message: string };

/**
 * Everything a request says, by name: its path, its query and its body. A body that is no object stands under `body`.
 * Throws `bad_request` when a name comes twice, so that nobody can wonder which of the two counts.
 */
export function gatherInput(params: Params, query: URLSearchParams, body: unknown): Record<string, unknown> {
  const input: Record<string, unknown> = { ...params };
  const add = (name: string, value: unknown) => {
    if (Object.hasOwn(input, name)) throw refused([{ parameter: name, message: 'is given twice' }]);
    // Not by assignment: a parameter named __proto__ is a parameter like any other.
    Object.defineProperty(input, name, { value, enumerable: true, configurable: true, writable: true });
  };
  for (const [name, value] of query) add(name, value);
  if (body !== null && typeof body === 'object' && !Array.isArray(body)) {
    for (const [name, value] of Object.entries(body)) add(name, value);
  } else if (body !== undefined) add('body', body);
  return input;
}

/** The input as the contract has it; throws `bad_request` that names every parameter that is unknown or wrong. */
export function parseInput<T>(shape: z.ZodType<T>, input: unknown): T {
  const parsed = shape.safeParse(input);
  if (parsed.success) return parsed.data;
  throw refused(
    parsed.error.issues.flatMap((issue): Issue[] => {
      const at = issue.path.join('.');
      if (issue.code !== 'unrecognized_keys') return [{ parameter: at || 'body', message: issue.message }];
      return issue.keys.map((key) => ({ parameter: at ? `${at}.${key}` : key, message: 'is not known here' }));
    }),
  );
}

function refused(issues: Issue[]): AppError {
  const text = issues.map(({ parameter, message }) => `"${parameter}" ${lowerFirst(message)}`).join('; ');
  return new AppError('bad_request', `${text}.`, { details: { issues } });
}

const lowerFirst = (text: string): string =>
  text.startsWith('is ') ? text : `is refused: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
