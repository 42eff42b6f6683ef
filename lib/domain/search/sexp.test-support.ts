import type { Query } from './ast';

const quote = (text: string): string => JSON.stringify(text);

/** A tree as the examples of the search language write it, without places. */
export function sexp(query: Query): string {
  switch (query.kind) {
    case 'all':
      return '(all)';
    case 'word':
      return quote(query.value.text);
    case 'compare':
      return `(${[query.op, ...(query.field ? [quote(query.field.text)] : []), quote(query.value.text)].join(' ')})`;
    case 'list':
      return `(${[query.op, quote(query.field.text), ...query.values.map(({ text }) => quote(text))].join(' ')})`;
    case 'null':
    case 'notnull':
      return `(${query.kind} ${quote(query.field.text)})`;
    case 'not':
      return `(not ${sexp(query.of)})`;
    case 'and':
    case 'or':
      return `(${[query.kind, ...query.of.map(sexp)].join(' ')})`;
  }
}
