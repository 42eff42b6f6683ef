type Value = string | number | boolean | readonly (string | number)[] | undefined;

/**
 * Encodes a query or a form as Proxmox reads it: `;` separates pairs like `&` and a bare `=` cuts a value short, so both are
 * escaped; arrays repeat their key; booleans are 1 and 0; what is undefined is left out (api-contract 1.3).
 */
export function encodeForm(values: Readonly<Record<string, Value>>): string {
  return Object.entries(values)
    .flatMap(([key, value]) => each(value).map((one) => `${escaped(key)}=${escaped(one)}`))
    .join('&');
}

function each(value: Value): string[] {
  if (value === undefined) return [];
  if (typeof value === 'boolean') return [value ? '1' : '0'];
  return typeof value === 'object' ? value.map(String) : [String(value)];
}

// A lone half of a surrogate pair, which has no UTF-8, would make encodeURIComponent throw.
const escaped = (text: string): string => encodeURIComponent(text.toWellFormed());
