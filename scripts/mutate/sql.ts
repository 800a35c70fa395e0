/** A statement with one small mistake in it. */
export type SqlMistake = { name: string; text: string };

type Token = { text: string; start: number; end: number; depth: number };
type Span = { before: string; after: string; start: number; end: number };

const TOKEN = /'(?:[^']|'')*'|--[^\n]*|\0\d+\0|[a-z_][\w.]*|\d+(?:\.\d+)?|::|[-+*/<>=~!@#%^&|?]+|\S/giu;
const OPENS_CONDITION = new Set(["where", "and", "or", "when", "having"]);
const ENDS_CONDITION = new Set(
  "and or then order group limit returning for union except intersect window on as join left inner cross where having end else , ;".split(
    " ",
  ),
);
const OFF_BY_ONE: Record<string, string> = { "<": "<=", "<=": "<", ">": ">=", ">=": ">" };
const OTHER_END: Record<string, string> = { greatest: "least", least: "greatest", desc: "asc" };
/** To the microsecond, no border in time is a promise to anybody. */
const IS_TIME = /_at\b|\bat\b|now\b|interval|timestamptz|\bdate\b|window_|\btime\b|_on\b|day/iu;

/**
 * Every statement that is like this one but for a small mistake: a condition that is not asked, a border one off, the
 * greater for the lesser, a write of a `with` that does not happen.
 *
 * @param text SQL with what JavaScript puts in as `\0` + number + `\0`.
 */
export function sqlMistakes(text: string): SqlMistake[] {
  const tokens = tokensOf(text);
  const replace = (name: string, { start, end }: { start: number; end: number }, by: string): SqlMistake => ({
    name,
    text: text.slice(0, start) + by + text.slice(end),
  });
  const conditions = conditionsOf(tokens);
  return [
    ...conditions.map((span) => replace("SqlCondition", span, neutral(span))),
    ...conditions.flatMap((span) => {
      if (IS_TIME.test(text.slice(span.start, span.end))) return [];
      const inside = tokens.filter(({ start, end }) => start >= span.start && end <= span.end);
      if (inside.some((token) => word(token) === "select")) return [];
      return inside.flatMap((token) =>
        OFF_BY_ONE[token.text] ? [replace("SqlBorder", token, OFF_BY_ONE[token.text]!)] : [],
      );
    }),
    ...tokens.flatMap((token) => (OTHER_END[word(token)] ? [replace("SqlOrder", token, OTHER_END[word(token)]!)] : [])),
    ...sideWritesOf(tokens).map((span) => replace("SqlWrite", span, "select")),
  ];
}

function tokensOf(text: string): Token[] {
  let depth = 0;
  return [...text.matchAll(TOKEN)].flatMap(({ 0: found, index }) => {
    if (found.startsWith("--")) return [];
    if (found === ")") depth -= 1;
    const token = { text: found, start: index, end: index + found.length, depth };
    if (found === "(") depth += 1;
    return [token];
  });
}

const word = ({ text }: Token): string => text.toLowerCase();

/** What `and`, `or`, `where` and `when` ask for, with the words on both sides. */
function conditionsOf(tokens: Token[]): Span[] {
  return tokens.flatMap((token, at) => {
    if (!OPENS_CONDITION.has(word(token)) || isRange(tokens, at) || isPlainCase(tokens, at)) return [];
    const own = operandAfter(tokens, at);
    if (!["and", "or"].includes(word(token))) return own;
    return [...firstOperand(tokens, at), ...own];
  });
}

function operandAfter(tokens: Token[], at: number): Span[] {
  const { depth } = tokens[at]!;
  let last = at;
  let inRange = false;
  for (let next = at + 1; next < tokens.length; next++) {
    const token = tokens[next]!;
    if (token.depth < depth) break;
    if (token.depth === depth) {
      if (word(token) === "between") inRange = true;
      else if (inRange && word(token) === "and") inRange = false;
      else if (ENDS_CONDITION.has(word(token))) break;
    }
    last = next;
  }
  return last === at ? [] : [spanOf(tokens, at + 1, last)];
}

/** `(a or b)`, `select a and b as c`, `on a and b`: nothing opens the first of them but what stands before. */
function firstOperand(tokens: Token[], at: number): Span[] {
  const { depth } = tokens[at]!;
  for (let before = at - 1; before >= 0; before--) {
    const token = tokens[before]!;
    if (token.depth > depth) continue;
    if (token.depth === depth && OPENS_CONDITION.has(word(token)) && !isRange(tokens, before)) return [];
    const opens = token.depth < depth || [",", "select", "on"].includes(word(token));
    if (opens) return before + 1 < at ? [spanOf(tokens, before + 1, at - 1)] : [];
  }
  return [];
}

const spanOf = (tokens: Token[], first: number, last: number): Span => ({
  before: tokens[first - 1] ? word(tokens[first - 1]!) : "",
  after: tokens[last + 1] && tokens[last + 1]!.depth === tokens[first]!.depth ? word(tokens[last + 1]!) : "",
  start: tokens[first]!.start,
  end: tokens[last]!.end,
});

/** The `and` of `between … and …`. */
function isRange(tokens: Token[], at: number): boolean {
  if (word(tokens[at]!) !== "and") return false;
  for (let before = at - 1; before >= 0; before--) {
    const token = tokens[before]!;
    if (token.depth < tokens[at]!.depth) return false;
    if (token.depth > tokens[at]!.depth) continue;
    if (word(token) === "between") return true;
    if (OPENS_CONDITION.has(word(token))) return false;
  }
  return false;
}

/** `case x when 1` compares; it does not ask. */
function isPlainCase(tokens: Token[], at: number): boolean {
  if (word(tokens[at]!) !== "when") return false;
  let open = 0;
  for (let before = at - 1; before >= 0; before--) {
    if (word(tokens[before]!) === "end") open += 1;
    if (word(tokens[before]!) !== "case") continue;
    if (open === 0) return word(tokens[before + 1]!) !== "when";
    open -= 1;
  }
  return false;
}

/** What takes the condition's place, so that it decides nothing. */
function neutral({ before, after }: Span): string {
  if (before === "and" || after === "and") return "true";
  return before === "or" || after === "or" || before === "when" ? "false" : "true";
}

/** `x as (insert …)` of which nothing is read: an event, a second row. */
function sideWritesOf(tokens: Token[]): { start: number; end: number }[] {
  return tokens.flatMap((token, at) => {
    if (token.text !== "(" || !tokens[at - 1] || word(tokens[at - 1]!) !== "as") return [];
    const first = tokens[at + 1];
    if (!first || !["insert", "update", "delete"].includes(word(first))) return [];
    const close = tokens.findIndex((other, index) => index > at && other.text === ")" && other.depth === token.depth);
    const body = tokens.slice(at + 1, close);
    const isRead = body.some((other) => other.depth === first.depth && word(other) === "returning");
    return close < 0 || isRead ? [] : [{ start: first.start, end: tokens[close - 1]!.end }];
  });
}
