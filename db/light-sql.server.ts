import type { Sql } from "postgres";

/** A query of the driver's: what it calls when it is answered, and what is asked of it here. */
type Query = {
  active: boolean;
  resolve: (rows: unknown) => void;
  reject: (error: Error) => void;
  execute(): void;
  cursor(rows: number): AsyncIterable<unknown[]>;
};

/**
 * SQL with values in its gaps that nobody has asked for yet: in a gap of another it becomes a part of it; awaited it is
 * sent, once.
 *
 * The driver makes a promise with closures of each part, which V8 carries into its old generation: a look for matches,
 * of thirty parts, left 425 KB to each collection of 2 MB, and a pause of 4 to 8 ms to every 140th look. A part of ours
 * is two arrays.
 */
class Statement {
  #toQuery: (statement: Statement) => Query;
  #sent: Promise<unknown> | undefined;

  constructor(
    readonly strings: readonly string[],
    readonly values: readonly unknown[],
    toQuery: (statement: Statement) => Query,
  ) {
    this.#toQuery = toQuery;
  }

  #answer() {
    return (this.#sent ??= answerOf(this.#toQuery(this)).catch((error) => sayWhere(error, this.strings)));
  }

  cursor(rows: number) {
    return this.#toQuery(this).cursor(rows);
  }

  // oxlint-disable-next-line unicorn/no-thenable -- a statement is sent by awaiting it
  then(...heard: Parameters<Promise<unknown>["then"]>) {
    return this.#answer().then(...heard);
  }

  catch(...heard: Parameters<Promise<unknown>["catch"]>) {
    return this.#answer().catch(...heard);
  }

  finally(...heard: Parameters<Promise<unknown>["finally"]>) {
    return this.#answer().finally(...heard);
  }
}

/**
 * The driver's client with lighter parts: the same calls, the same answers. Not for streams and COPY, which are
 * methods of the driver's own queries.
 */
export function lighten<Client extends Sql>(client: Client): Client {
  const toQuery = (statement: Statement) => {
    const { strings, values } = flatten(statement);
    return client(sameArray(strings), ...(values as never[])) as unknown as Query;
  };

  /** `sql(columns)` writes its columns by itself: a statement among them has to be the driver's. */
  const inside = (value: unknown): unknown => {
    if (value instanceof Statement) return toQuery(value);
    if (Array.isArray(value)) return value.map(inside);
    if (!value || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([column, part]) => [column, inside(part)]));
  };

  const light = (first: unknown, ...rest: unknown[]) => {
    if (!isTemplate(first)) return client(inside(first) as never, ...(rest as never[]));
    rememberPlace(first, light);
    return new Statement(first, rest, toQuery);
  };

  return Object.setPrototypeOf(
    Object.assign(light, {
      unsafe: (text: string, ...asked: []) =>
        new Statement([text], [], () => client.unsafe(text, ...asked) as unknown as Query),
      reserve: async () => lighten(await client.reserve()),
    }),
    client,
  ) as Client;
}

const isTemplate = (strings: unknown): strings is TemplateStringsArray => Array.isArray(strings) && "raw" in strings;

/** @returns `statement` with the parts in its gaps put in their places, so that only values are left in gaps. */
function flatten(statement: Statement, strings = [""], values: unknown[] = []) {
  const write = (text: string) => (strings[strings.length - 1] += text);
  for (const [at, text] of statement.strings.entries()) {
    write(text);
    const value = statement.values[at];
    if (value instanceof Statement) flatten(value, strings, values);
    else if (Array.isArray(value) && value[0] instanceof Statement)
      for (const part of value as Statement[]) {
        write(" ");
        flatten(part, strings, values);
      }
    else if (at < statement.values.length) {
      values.push(value);
      strings.push("");
    }
  }
  return { strings, values };
}

/**
 * The driver never lets go of an array of strings it was given, so each text has to come as the same array again. There
 * are as many as prepared statements, which are kept as long.
 */
const arrays = new Map<string, TemplateStringsArray>();

function sameArray(strings: string[]): TemplateStringsArray {
  const text = strings.join("\0");
  const known = arrays.get(text) ?? Object.assign(strings, { raw: strings });
  arrays.set(text, known);
  return known;
}

/**
 * Sends a query of the driver and answers in its place. V8 makes a function that is assigned to a property, as the
 * driver assigns `resolve` and `reject`, in its old generation (`CheckAssigningFunctionLiteralToProperty` of its
 * parser), so that a query and its rows would outlive every collection of the young one. A query of which nothing was
 * asked but this holds no rows.
 */
function answerOf(query: Query) {
  return new Promise((resolve, reject) => {
    const answered = (rows: unknown) => {
      letGo();
      resolve(rows);
    };
    const failed = (error: Error) => {
      letGo();
      reject(error);
    };
    const letGo = () => Object.assign(query, { active: false, resolve: ignore, reject: ignore });
    query.resolve = answered;
    query.reject = failed;
    query.execute();
  });
}

const ignore = () => undefined;

/** Where each statement is written. An error by itself knows only the socket it came from. */
const places = new WeakMap<readonly string[], { stack?: string }>();

function rememberPlace(strings: TemplateStringsArray, tag: object) {
  if (places.has(strings)) return;
  const place = {};
  Error.captureStackTrace(place, tag as () => void);
  places.set(strings, place);
}

function sayWhere(error: unknown, strings: readonly string[]): never {
  if (error instanceof Error) error.stack += places.get(strings)?.stack?.replace(/.*/, "") ?? "";
  throw error;
}
