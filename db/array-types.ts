import type { PostgresType } from "postgres";

/** Element types and their arrays, as PostgreSQL has numbered them for ever (pg_type.dat). */
const ARRAYS: Record<string, { array: number; parse: (text: string) => unknown }> = {
  bool: { array: 1000, parse: (text) => text === "t" },
  int2: { array: 1005, parse: Number },
  int4: { array: 1007, parse: Number },
  text: { array: 1009, parse: String },
  varchar: { array: 1015, parse: String },
  int8: { array: 1016, parse: String },
  float8: { array: 1022, parse: Number },
  timestamptz: { array: 1185, parse: (text) => new Date(text) },
  uuid: { array: 2951, parse: String },
};

/**
 * One-dimensional arrays for the driver. By itself it asks the server for its types each time a connection opens, in a
 * query nobody waits for: a connection that dies just then is an unhandled rejection, which ends the process.
 */
export const arrayTypes: Record<string, PostgresType<unknown[]>> = Object.fromEntries(
  Object.entries(ARRAYS).map(([name, { array, parse }]) => [
    `${name}Array`,
    { to: array, from: [array], serialize: toLiteral, parse: (text: string) => fromLiteral(text, parse) },
  ]),
);

/** `{"a","b",NULL}` (PostgreSQL manual, 8.15.2). */
function toLiteral(values: unknown[]): string {
  const element = (value: unknown) => {
    if (value === null || value === undefined) return "NULL";
    const text = value instanceof Date ? value.toISOString() : String(value);
    return `"${text.replace(/[\\"]/g, "\\$&")}"`;
  };
  return `{${values.map(element).join(",")}}`;
}

const ELEMENT = /"((?:[^"\\]|\\.)*)"|([^{},]+)/g;

function fromLiteral(literal: string, parse: (text: string) => unknown): unknown[] {
  return [...literal.matchAll(ELEMENT)].map(([, quoted, plain]) => {
    if (quoted !== undefined) return parse(quoted.replace(/\\(.)/g, "$1"));
    return plain === "NULL" ? null : parse(plain!);
  });
}
