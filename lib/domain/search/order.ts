import type { FieldName, Order, OrderField } from './bound';
import { QueryError } from './errors';
import { FIELDS, findField } from './fields';
import { nearest } from './nearest';

const DEFAULT_ORDER: Order = { field: 'started_at', descending: true };

/** Reads `field [ASC|DESC]` (search-language 9), newest start first when empty. Throws QueryError. */
export function parseOrder(text: string): Order {
  const words = [...text.matchAll(/\S+/g)];
  const [name, direction, extra] = words;
  if (!name) return DEFAULT_ORDER;
  const field = findField(name[0])?.name;
  if (!field || !isOrderField(field)) {
    const suggestions = nearest(name[0], FIELDS.map((known) => known.name).filter(isOrderField));
    throw refused('unknown_field', `A list cannot be ordered by "${name[0]}".`, name, suggestions);
  }
  const word = direction?.[0].toLowerCase() ?? 'asc';
  if (direction && word !== 'asc' && word !== 'desc') {
    throw refused('bad_value', `"${direction[0]}" is no direction. Use ASC or DESC.`, direction, ['ASC', 'DESC']);
  }
  if (extra) throw refused('bad_value', `"${extra[0]}" is too much. An order is one field and ASC or DESC.`, extra);
  return { field, descending: word === 'desc' };
}

/** The one spelling of an order: `started_at DESC`. */
export const printOrder = ({ field, descending }: Order): string => `${field} ${descending ? 'DESC' : 'ASC'}`;

/** Whether a list can be in the order of this field. */
export const isOrderField = (name: FieldName): name is OrderField =>
  name !== 'log' && name !== 'tag' && name !== 'family';

const refused = (
  code: QueryError['code'],
  message: string,
  { 0: token, index }: RegExpExecArray,
  suggestions: readonly string[] = [],
): QueryError => new QueryError(code, message, { position: index, length: token.length, token, suggestions });
