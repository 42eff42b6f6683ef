import type { Query, Value } from './ast';
import { symbolOf } from './operators';

const BARE = /^[A-Za-z0-9_*%][A-Za-z0-9_.:@/+*%!-]*$/;
const RESERVED = new Set('and or not has set? null? like unlike in notin before after at'.split(' '));

/** The canonical text of a query, search-language 10; empty for the query that finds everything. */
export function print(query: Query): string {
  switch (query.kind) {
    case 'all':
      return '';
    case 'word':
      return printValue(query.value);
    case 'compare': {
      const test = `${symbolOf(query.op)} ${printValue(query.value)}`;
      return query.field ? `${printValue(query.field)} ${test}` : test;
    }
    case 'list':
      return `${printValue(query.field)} ${symbolOf(query.op)} (${query.values.map(printValue).join(', ')})`;
    case 'null':
      return `null? ${printValue(query.field)}`;
    case 'notnull':
      return `has ${printValue(query.field)}`;
    case 'not':
      return `not ${printPart(query.of)}`;
    case 'and':
    case 'or':
      return query.of.map(printPart).join(` ${query.kind} `);
  }
}

/** A query as part of another one: in parentheses when it is an `and` or `or` itself. */
export const printPart = (query: Query): string =>
  query.kind === 'and' || query.kind === 'or' ? `(${print(query)})` : print(query);

/** A value or word, quoted when it could be read as something else. */
export const printValue = ({ text }: Pick<Value, 'text'>): string =>
  BARE.test(text) && !RESERVED.has(text.toLowerCase()) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
