import { badParameters } from './answer.ts';

/** One parameter's schema; the texts of refusals are the server's own. */
export type Rule = {
  type: 'string' | 'integer' | 'boolean' | 'integers';
  required?: true;
  min?: number;
  max?: number;
  maxLength?: number;
  oneOf?: readonly string[];
  /** Says what is wrong with the text, or nothing. */
  format?: (text: string) => string | undefined;
};

export type Rules = Record<string, Rule>;
export type Raw = Record<string, unknown>;
export type Params = Record<string, string | number | boolean | number[] | undefined>;

const UNKNOWN = 'property is not defined in schema and the schema does not allow additional properties';

/** A VMID: no leading zero, 100 to 999999999. */
export const vmid: Rule = {
  type: 'integer',
  format: (text) =>
    /^[1-9][0-9]{2,8}$/.test(text) ? undefined : 'invalid format - value does not look like a valid VM ID\n',
};

/** Checks everything at once; a refusal names every bad parameter. `fromJson` bodies may hold real booleans. */
export function readParams(raw: Raw, rules: Rules): Params {
  const errors: Record<string, string> = {};
  const params: Params = {};
  for (const [name, rule] of Object.entries(rules)) {
    if (raw[name] === undefined) {
      if (rule.required) errors[name] = 'property is missing and it is not optional';
    } else {
      params[name] = readValue(name, raw[name], rule, errors);
    }
  }
  for (const name of Object.keys(raw)) if (!(name in rules)) errors[name] = UNKNOWN;
  if (Object.keys(errors).length > 0) throw badParameters(errors);
  return params;
}

function readValue(name: string, value: unknown, rule: Rule, errors: Record<string, string>): Params[string] {
  if (rule.type === 'integers') return readList(name, value, errors);
  if (typeof value === 'object' && value !== null) return fail(errors, name, rule.type, nameOfReference(value));
  const text = typeof value === 'boolean' ? (value ? '1' : '0') : String(value);
  if (rule.type === 'boolean') return /^[01]$/.test(text) ? text === '1' : fail(errors, name, 'boolean', text);
  if (rule.type === 'integer' && !/^[+-]?\d+$/.test(text)) return fail(errors, name, 'integer', text);
  const wrong = refusal(text, rule);
  if (wrong !== undefined) errors[name] = wrong;
  return rule.type === 'integer' ? Number(text) : text;
}

function refusal(text: string, rule: Rule): string | undefined {
  const { min, max, maxLength, oneOf } = rule;
  if (min !== undefined && Number(text) < min) return `value must have a minimum value of ${min}`;
  if (max !== undefined && Number(text) > max) return `value must have a maximum value of ${max}`;
  if (maxLength !== undefined && text.length > maxLength) return `value may only be ${maxLength} characters long`;
  if (oneOf && !oneOf.includes(text))
    return `value '${text}' does not have a value in the enumeration '${oneOf.join(', ')}'`;
  return rule.format?.(text);
}

function readList(name: string, value: unknown, errors: Record<string, string>): number[] {
  if (value === '' || (typeof value === 'object' && !Array.isArray(value))) {
    errors[name] = "type check ('array') failed";
    return [];
  }
  const items: unknown[] = Array.isArray(value) ? value : [value];
  items.forEach((item, at) => {
    if (!/^\d+$/.test(String(item))) fail(errors, `${name}[${at}]`, 'integer', String(item));
  });
  return items.map(Number);
}

function fail(errors: Record<string, string>, name: string, type: string, got: string): undefined {
  const shown = got === 'ARRAY' || got === 'HASH' ? got : `'${got}'`;
  errors[name] = `type check ('${type}') failed - got ${shown}`;
}

const nameOfReference = (value: object): string => (Array.isArray(value) ? 'ARRAY' : 'HASH');
