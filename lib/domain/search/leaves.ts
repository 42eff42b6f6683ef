import type { BoundQuery, SetField, TextField, TextTest, UserTest } from './bound';
import { SET_VALUES } from './fields';
import { fits, toPattern } from './match';

/** A text value compared with one field, or with any of several tests of it. */
export const textIs = (field: TextField, any: readonly TextTest[], not = false): BoundQuery => ({
  kind: 'text',
  field,
  not,
  any,
});

export const equalTo = (value: string): TextTest => ({ how: 'equal', value });
export const likeText = (text: string): TextTest => ({ how: 'like', pattern: toPattern(text) });

export const userIs = (any: readonly UserTest[], not = false): BoundQuery => ({ kind: 'user', not, any });

/** How `user =` compares: a value with `!` with the token too, one with `@` with the user, another with the name (5.2). */
export function userTest(value: string): UserTest {
  if (value === 'current_user') return { how: 'current' };
  if (value.includes('!')) return { how: 'userWithToken', value };
  return value.includes('@') ? { how: 'user', value } : { how: 'name', value };
}

export const userLike = (text: string): UserTest => ({
  how: 'like',
  withToken: text.includes('!'),
  pattern: toPattern(text),
});

/** A set field is one of these values; it is never missing, so without values nothing fits, or everything. */
export function setIs(field: SetField, values: readonly string[], not = false): BoundQuery {
  if (values.length === 0) return { kind: not ? 'all' : 'none' };
  switch (field) {
    case 'state':
      return { kind: 'state', not, values: SET_VALUES.state.filter((value) => values.includes(value)) };
    case 'result':
      return { kind: 'result', not, values: SET_VALUES.result.filter((value) => values.includes(value)) };
    case 'family':
      return { kind: 'family', not, values: SET_VALUES.family.filter((value) => values.includes(value)) };
  }
}

/** A set field's canonical value fits the text as a pattern. */
export function setLike(field: SetField, text: string, not = false): BoundQuery {
  const pattern = toPattern(text);
  const values = SET_VALUES[field].filter((value) => fits(pattern, value));
  return setIs(field, values, not);
}

/** Any of these; those that find nothing are left out. */
export function anyOf(queries: readonly BoundQuery[]): BoundQuery {
  const of = queries.filter((query) => query.kind !== 'none');
  const [first] = of;
  if (!first) return { kind: 'none' };
  return of.length === 1 ? first : { kind: 'or', of };
}
