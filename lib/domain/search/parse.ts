import { type CompareOp, group, type ListOp, type OpToken, type Query, type Value } from './ast';
import { type Notice, type NoticeCode, type Place, QueryError } from './errors';
import { findField } from './fields';
import { isListOp, operatorOf, wordOperatorAt } from './operators';
import { type Token, tokenise } from './tokenise';
import { looksLeftOver, wordsInValue } from './word-values';

/** Limits of search-language 1: more is an error, never a truncation. */
export const MAX_LENGTH = 4096;
const MAX_DEPTH = 64;
const MAX_VALUES = 500;

/**
 * What a text says. `notices` are repairs and hints about the text; `mixed` is the first connective that makes a chain
 * of `and` and `or` without parentheses, null when there is none.
 */
export type Parsed = { query: Query; notices: readonly Notice[]; mixed: Place | null };

/** Parses a query (search-language 3) in time linear in the text. Throws QueryError and nothing else. */
export function parse(text: string): Parsed {
  if (text.length > MAX_LENGTH) {
    const message = `A search has at most ${MAX_LENGTH} characters; this one has ${text.length}.`;
    throw new QueryError('too_long', message, { position: MAX_LENGTH, length: text.length - MAX_LENGTH });
  }
  return new Parser(text).parse();
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #notices: Notice[] = [];
  #mixed: Place | null = null;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenise(text);
  }

  parse(): Parsed {
    const query = group('and', this.#sequence());
    const extra = this.#peek();
    if (extra) this.#refuse('unmatched_paren', `This ")" closes nothing.`, extra);
    const deep = tooDeep(query, 0);
    if (deep) this.#refuseDepth(deep);
    return { query, notices: this.#notices, mixed: this.#mixed };
  }

  /** Clauses side by side, up to the end or a `)`. */
  #sequence(): Query[] {
    const clauses: Query[] = [];
    for (;;) {
      this.#skipCommas();
      const token = this.#peek();
      if (!token || token.kind === ')') return clauses;
      if (isConnective(token)) {
        this.#at += 1;
        this.#note('dangling_connective', `The first "${token.text}" has nothing before it and was left out.`, token);
      } else clauses.push(this.#clause());
    }
  }

  /** Operands with connectives between them, grouped to the right without precedence. */
  #clause(): Query {
    const operands = [this.#operand()];
    const connectives: ('and' | 'or')[] = [];
    for (let token = this.#connectiveAhead(); token; token = this.#connectiveAhead()) {
      this.#dropSurplus(token);
      const next = this.#peek();
      if (!next || next.kind === ')') {
        this.#note('dangling_connective', `The last "${token.text}" has nothing after it and was left out.`, token);
        break;
      }
      if (connectives.length > 0 && connectives[0] !== token.kind) this.#mixed ??= placeOf(token);
      connectives.push(token.kind);
      operands.push(this.#operand());
    }
    return groupRight(operands, connectives);
  }

  /** The connective that goes on with a clause, also after commas, which then mean nothing. */
  #connectiveAhead(): (Token & { kind: 'and' | 'or' }) | undefined {
    let ahead = this.#at;
    while (this.#tokens[ahead]?.kind === ',') ahead += 1;
    const token = this.#tokens[ahead];
    if (!isConnective(token)) return undefined;
    this.#at = ahead + 1;
    return token;
  }

  #dropSurplus(first: Token): void {
    for (;;) {
      this.#skipCommas();
      const token = this.#peek();
      if (!isConnective(token)) return;
      this.#at += 1;
      this.#note('dangling_connective', `The "${token.text}" right after "${first.text}" was left out.`, token);
    }
  }

  #operand(): Query {
    const token = this.#next();
    switch (token?.kind) {
      case 'not':
        return this.#nested(token, () => ({ kind: 'not', of: this.#negated(token) }));
      case '(':
        return this.#nested(token, () => this.#group(token));
      case 'null':
      case 'notnull': {
        const field = this.#next();
        if (!isWord(field)) this.#refuseMissing('Field', token);
        return { kind: token.kind, field: this.#value(field) };
      }
      case 'operator':
        return this.#prefixed(token);
      case 'word':
      case 'quoted':
        return this.#comparisonOrWord(token);
      default:
        throw new Error('the callers stop before anything that begins no operand');
    }
  }

  #negated(not: Token): Query {
    const next = this.#peek();
    if (!next || isConnective(next) || next.kind === ')' || next.kind === ',') {
      this.#at += 1;
      this.#refuseMissing('Something to leave out', not);
    }
    return this.#operand();
  }

  #group(open: Token): Query {
    const clauses = this.#sequence();
    const close = this.#next();
    if (clauses.length === 0) {
      const end = close ? close.position + 1 : this.#text.length;
      const at = { position: open.position, length: end - open.position };
      this.#refuse('empty_group', 'There is nothing between these parentheses.', at);
    }
    if (!close) this.#note('unclosed_paren', 'A ")" is missing at the end and was added.', open);
    return group('and', clauses);
  }

  #nested(token: Token, read: () => Query): Query {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#refuseDepth(token);
    const query = read();
    this.#depth -= 1;
    return query;
  }

  #comparisonOrWord(token: Token): Query {
    const symbol = operatorOf(this.#peek());
    const named = token.kind === 'word' && findField(token.text) !== undefined;
    const found = symbol ? { op: symbol, tokens: 1 } : named ? wordOperatorAt(this.#tokens, this.#at) : undefined;
    if (token.text === '') this.#refuseEmpty(token);
    const field = this.#value(token);
    if (!found) return { kind: 'word', value: field };
    const opAt = this.#operatorText(found.tokens);
    this.#at += found.tokens;
    return isListOp(found.op) ? this.#listOf(field, found.op, opAt) : this.#compared(field, found.op, opAt);
  }

  #compared(field: Value, op: CompareOp, opAt: OpToken): Query {
    const type = findField(field.text)?.type;
    const first = this.#wordAfter(opAt);
    const count = first.kind === 'word' ? wordsInValue(type, this.#tokens, this.#at - 1) : 1;
    const words = this.#tokens.slice(this.#at - 1, this.#at - 1 + count);
    this.#at += count - 1;
    const value = this.#value(first, words);
    const left = this.#peek();
    if ((type === 'time' || type === 'duration') && !value.quoted && looksLeftOver(left)) {
      const whole = `${value.text} ${left.text}`;
      this.#note(
        'reads_as_words',
        `"${left.text}" is searched as a word. Write "${whole}" to make it one value.`,
        left,
      );
    }
    return { kind: 'compare', op, field, value, opAt };
  }

  #listOf(field: Value, op: ListOp, opAt: OpToken): Query {
    const open = this.#peek();
    if (open?.kind !== '(') return { kind: 'list', op, field, values: [this.#value(this.#wordAfter(opAt))], opAt };
    this.#at += 1;
    return { kind: 'list', op, field, values: this.#list(open), opAt };
  }

  /** An operator without a field. A list of it is one comparison per value. */
  #prefixed(token: Token): Query {
    const op = operatorOf(token) ?? 'eq';
    const opAt = { ...placeOf(token), text: token.text };
    if (!isListOp(op)) return this.#withoutField(op, this.#value(this.#wordAfter(opAt)), opAt);
    const open = this.#peek();
    let values: Value[];
    if (open?.kind === '(') {
      this.#at += 1;
      values = this.#list(open);
    } else values = this.#wordsInRow(this.#value(this.#wordAfter(opAt)));
    const parts = values.map((value) => this.#withoutField(op === 'in' ? 'eq' : 'ne', value, opAt));
    return group(op === 'in' ? 'or' : 'and', parts);
  }

  #withoutField(op: CompareOp, value: Value, opAt: OpToken): Query {
    if (value.text === '') this.#refuseEmpty(value);
    return { kind: 'compare', op, field: null, value, opAt };
  }

  /** All words and commas that follow directly. */
  #wordsInRow(first: Value): Value[] {
    const values = [first];
    for (;;) {
      const at = this.#peek()?.kind === ',' ? this.#at + 1 : this.#at;
      const token = this.#tokens[at];
      if (!isWord(token)) return values;
      this.#at = at + 1;
      this.#push(values, token);
    }
  }

  /** The values up to the `)` of a list whose `(` is read. */
  #list(open: Token): Value[] {
    const values: Value[] = [];
    for (;;) {
      const token = this.#next();
      if (!token || token.kind === ')') {
        if (values.length === 0) this.#refuseEmptyList(open, token);
        if (!token) this.#note('unclosed_paren', 'A ")" is missing at the end and was added.', open);
        return values;
      }
      const separates = token.kind === ',' || (token.kind === 'or' && isWord(this.#peek()));
      if (isWord(token)) this.#push(values, token);
      else if (!separates || values.length === 0) {
        this.#refuse('list_syntax', `"${this.#raw(token)}" cannot stand here in a list. Write (a, b).`, token);
      }
    }
  }

  #push(values: Value[], token: Token): void {
    if (values.length === MAX_VALUES) {
      this.#refuse('too_many_values', `A list has at most ${MAX_VALUES} values.`, token);
    }
    values.push(this.#value(token));
  }

  #wordAfter(operator: OpToken): Token {
    const token = this.#next();
    if (isWord(token)) return token;
    if (token?.kind === '(') {
      const message = `A list cannot stand after "${operator.text}". Use ^ or !^, as in label ^ (qmstart, vzstart).`;
      this.#refuse('list_syntax', message, token);
    }
    return this.#refuseMissing('Value', operator);
  }

  #value(token: Token, words: readonly Token[] = [token]): Value {
    const last = words.at(-1) ?? token;
    const at = { position: token.position, length: last.position + last.length - token.position };
    if (token.closed === false)
      this.#note('unclosed_quote', 'A closing quote is missing at the end and was added.', token);
    if (token.kind === 'word' && token.text.startsWith("'")) {
      this.#note('single_quotes', `Single quotes are searched as they stand. Use double ones: "…".`, token);
    }
    return { text: words.map((word) => word.text).join(' '), quoted: token.kind === 'quoted', ...at };
  }

  #operatorText(tokens: number): OpToken {
    const [first, last] = [this.#tokens[this.#at], this.#tokens[this.#at + tokens - 1]];
    const position = first?.position ?? this.#text.length;
    const length = last ? last.position + last.length - position : 0;
    return { position, length, text: this.#text.slice(position, position + length) };
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #next(): Token | undefined {
    this.#at += 1;
    return this.#tokens[this.#at - 1];
  }

  #skipCommas(): void {
    while (this.#peek()?.kind === ',') this.#at += 1;
  }

  #raw({ position, length }: Place): string {
    return this.#text.slice(position, position + length);
  }

  /** One notice of a kind is enough: the second would say the same. */
  #note(code: NoticeCode, message: string, at: Place): void {
    if (!this.#notices.some((notice) => notice.code === code)) this.#notices.push({ code, message, ...placeOf(at) });
  }

  #refuse(code: QueryError['code'], message: string, at: Place): never {
    throw new QueryError(code, message, { ...placeOf(at), token: this.#raw(at) });
  }

  /** The token just read is not what had to come after `after`. */
  #refuseMissing(what: string, after: { text: string }): never {
    const at = this.#tokens[this.#at - 1] ?? { position: this.#text.length, length: 0 };
    return this.#refuse('value_expected', `${what} expected after "${after.text}" at position ${at.position}.`, at);
  }

  #refuseEmpty(at: Place): never {
    return this.#refuse('empty_value', 'There is nothing between these quotes.', at);
  }

  #refuseEmptyList(open: Token, close: Token | undefined): never {
    const end = close ? close.position + 1 : this.#text.length;
    const at = { position: open.position, length: end - open.position };
    return this.#refuse('empty_list', 'This list has no values.', at);
  }

  #refuseDepth(at: Place): never {
    return this.#refuse('too_deep', `A search is nested at most ${MAX_DEPTH} deep.`, at);
  }
}

const placeOf = ({ position, length }: Place): Place => ({ position, length });
const isConnective = (token: Token | undefined): token is Token & { kind: 'and' | 'or' } =>
  token?.kind === 'and' || token?.kind === 'or';
const isWord = (token: Token | undefined): token is Token & { kind: 'word' | 'quoted' } =>
  token?.kind === 'word' || token?.kind === 'quoted';

/** `a and b or c` is `a and (b or c)`. Runs of one connective are gathered first, so a long chain takes linear time. */
function groupRight(operands: readonly Query[], connectives: readonly ('and' | 'or')[]): Query {
  let kind = connectives.at(-1) ?? 'and';
  let run = operands.slice(-1);
  for (let at = connectives.length - 1; at >= 0; at -= 1) {
    const connective = connectives[at] ?? kind;
    if (connective !== kind) {
      run = [group(kind, run.reverse())];
      kind = connective;
    }
    run.push(...operands.slice(at, at + 1));
  }
  return group(kind, run.reverse());
}

/** The first leaf that stands under more nested nodes than allowed. */
function tooDeep(query: Query, depth: number): Place | undefined {
  switch (query.kind) {
    case 'all':
      return undefined;
    case 'and':
    case 'or':
      for (const part of query.of) {
        const found = tooDeep(part, depth + 1);
        if (found) return found;
      }
      return undefined;
    case 'not':
      return tooDeep(query.of, depth + 1);
    case 'word':
    case 'compare':
      return depth > MAX_DEPTH ? query.value : undefined;
    case 'list':
    case 'null':
    case 'notnull':
      return depth > MAX_DEPTH ? query.field : undefined;
  }
}
