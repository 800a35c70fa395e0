import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { newCode, newToken } from "#app/core/ids.server.ts";
import type { BenchWorld } from "./world.ts";

export type Statement = { text: string; parameters: unknown[] };

/** The statement a verb sends, seen through the driver's own debug hook: the first whose text contains `marker`. */
export async function statementOf(world: BenchWorld, marker: string, act: () => Promise<unknown>): Promise<Statement> {
  const seen: Statement[] = [];
  const spy = postgres(world.databaseUrl, {
    max: 1,
    onnotice: () => undefined,
    debug: (_connection, text, parameters) => seen.push({ text, parameters }),
  });
  const own = world.db.sql;
  world.db.sql = spy;
  await act();
  world.db.sql = own;
  await spy.end();
  const found = seen.find(({ text }) => text.includes(marker));
  if (!found) throw new Error(`the verb sent no statement with «${marker}»`);
  return found;
}

const OUR_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/;
const HASH = /^[0-9a-f]{64}$/;
const TOKEN = /^[\w-]{22}$/;

/** What must differ from run to run, told by its shape: our ids, hashes, tokens, and the code named `code`. */
export function renewed({ parameters }: Statement, code: { from: string; to: string }): unknown[] {
  return parameters.map((value) => {
    if (value === code.from) return code.to;
    if (typeof value !== "string") return value;
    if (/^\{.*\}$/.test(value)) return value.slice(1, -1).replaceAll('"', "").split(",").filter(Boolean);
    if (OUR_ID.test(value)) return crypto.randomUUID();
    if (HASH.test(value)) return randomBytes(32).toString("hex");
    return TOKEN.test(value) ? newToken() : value;
  });
}

export const replay = ({ db }: BenchWorld, statement: Statement, from: string, to = newCode(6)) =>
  db.sql.unsafe(statement.text, renewed(statement, { from, to }) as never[], { prepare: true });

/** The statement as a pgbench script; `:n`, `:k` and `:m` are random numbers, set for each run. */
export function forPgbench({ text, parameters }: Statement, code: { from: string; to: string }): string {
  const literal = (value: unknown) => {
    if (value === code.from) return code.to;
    if (value === null || value === undefined) return "null";
    if (value instanceof Date) return `'${value.toISOString()}'`;
    if (Array.isArray(value)) return `'{${value.join(",")}}'`;
    if (typeof value !== "string") return String(value);
    if (OUR_ID.test(value)) return "md5(:k || '.' || :m)::uuid";
    return TOKEN.test(value) ? "md5(:k || '-' || :m)" : `'${value.replaceAll("'", "''")}'`;
  };
  const filled = text.replace(/\$(\d+)/g, (_all, at: string) => `(${literal(parameters[Number(at) - 1])})`);
  const numbers = ["n random(1, 20000)", "k random(1, 1000000000)", "m random(1, 1000000000)"];
  return `${numbers.map((one) => `\\set ${one}\n`).join("")}${filled.replace(/\s+/g, " ")};\n`;
}
