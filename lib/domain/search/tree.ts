import type { Query } from './ast';

/** A tree as JSON: a bare word is its text, anything else a list that begins with what it is, as `["eq", "label", "vzdump"]`. */
export type Tree = string | readonly Tree[];

/** The tree of a query in the form of search-language 1. */
export function treeOf(query: Query): Tree {
  switch (query.kind) {
    case 'all':
      return ['all'];
    case 'word':
      return query.value.text;
    case 'compare':
      return [query.op, ...(query.field ? [query.field.text] : []), query.value.text];
    case 'list':
      return [query.op, query.field.text, ...query.values.map(({ text }) => text)];
    case 'null':
    case 'notnull':
      return [query.kind, query.field.text];
    case 'not':
      return ['not', treeOf(query.of)];
    case 'and':
    case 'or':
      return [query.kind, ...query.of.map(treeOf)];
  }
}
