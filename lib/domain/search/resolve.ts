import type { CompareOp, ListOp, OpToken, Query, Value } from './ast';
import type { SetField } from './bound';
import { QueryError } from './errors';
import { FIELDS, type Field, findField, findSetValue, namesInSet, OPERATORS, SET_VALUES } from './fields';
import { nearest } from './nearest';
import { symbolOf } from './operators';

/**
 * The query with its fields and set values by their canonical names and every operator checked against its field: what
 * canonical text prints. Throws QueryError.
 */
export function resolve(query: Query): Query {
  switch (query.kind) {
    case 'all':
    case 'word':
      return query;
    case 'and':
    case 'or':
      return { kind: query.kind, of: query.of.map(resolve) };
    case 'not':
      return { kind: 'not', of: resolve(query.of) };
    case 'null':
    case 'notnull':
      return { kind: query.kind, field: named(query.field, fieldOf(query.field)) };
    case 'compare': {
      if (!query.field) return query;
      const field = fieldOf(query.field);
      checkOperator(field, query.op, query.opAt);
      const pattern = query.op === 'like' || query.op === 'unlike';
      const value = pattern ? query.value : canonicalValue(field, query.value);
      return { ...query, field: named(query.field, field), value };
    }
    case 'list': {
      const field = fieldOf(query.field);
      checkOperator(field, query.op, query.opAt);
      const values = query.values.map((value) => canonicalValue(field, value));
      return { ...query, field: named(query.field, field), values };
    }
  }
}

const named = (value: Value, field: Field): Value => ({ ...value, text: field.name });

function fieldOf(name: Value): Field {
  const field = findField(name.text);
  if (field) return field;
  const suggestions = name.text.toLowerCase() === 'status' ? ['state', 'result', 'exitstatus'] : nearFields(name.text);
  const question = suggestions.length > 0 ? ` Did you mean ${listed(suggestions)}?` : '';
  const message = `There is no field "${name.text}".${question}`;
  throw new QueryError('unknown_field', message, { ...name, token: name.text, suggestions });
}

function nearFields(text: string): string[] {
  const names = nearest(
    text,
    FIELDS.flatMap(({ name, aliases }) => [name, ...aliases]),
  );
  return [...new Set(names.map((name) => findField(name)?.name ?? name))];
}

function checkOperator(field: Field, op: CompareOp | ListOp, opAt: OpToken): void {
  const allowed = OPERATORS[field.type];
  if (allowed.includes(op)) return;
  const symbols = allowed.map(symbolOf);
  const message = `"${opAt.text}" does not go with ${field.name}. Use ${listed(symbols)}.`;
  throw new QueryError('bad_operator', message, { ...opAt, token: opAt.text, suggestions: symbols });
}

function canonicalValue(field: Field, value: Value): Value {
  return isSetField(field.name) ? { ...value, text: setValue(field.name, value) } : value;
}

const isSetField = (name: string): name is SetField => Object.hasOwn(SET_VALUES, name);

function setValue(field: SetField, value: Value): string {
  const found = findSetValue(field, value.text);
  if (found) return found;
  const values = SET_VALUES[field];
  const near = nearest(value.text, namesInSet(field)).map((name) => findSetValue(field, name) ?? name);
  const message = `"${value.text}" is not a ${field}. Use one of ${values.join(', ')}.`;
  const suggestions = near.length > 0 ? [...new Set(near)] : values;
  throw new QueryError('bad_value', message, { ...value, token: value.text, suggestions });
}

/** `a, b or c`. */
const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
