import type { z } from "zod";
import { Problem } from "#app/core/problems.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";

/** What was typed, exactly, to show it again; and for each field the message that says how to mend it. */
export type FormFault = { values: Record<string, string>; errors: Record<string, MessageId> };
type Parsed<T> = { ok: true; data: T } | { ok: false; fault: FormFault };

/** More than any page of ours has: the longest asks for the columns of a spreadsheet. */
const MOST_FIELDS = 1_000;

/**
 * The fields of a form as strings, several of one name on lines of their own; files are ignored. NUL bytes, which
 * PostgreSQL refuses, are dropped.
 *
 * @throws Problem `too-large` beyond a thousand fields, `invalid-input` for what is no form.
 */
export async function readForm(request: Request): Promise<Record<string, string>> {
  try {
    const form = await request.formData();
    if ([...form.keys()].length > MOST_FIELDS) throw new Problem("too-large");
    const pairs = [...form].filter((pair): pair is [string, string] => typeof pair[1] === "string");
    const values = new Map<string, string>();
    for (const [name, value] of pairs) {
      const before = values.get(name);
      values.set(name, (before === undefined ? value : `${before}\n${value}`).replaceAll("\0", ""));
    }
    return Object.fromEntries(values);
  } catch (error) {
    throw error instanceof Problem ? error : new Problem("invalid-input");
  }
}

/** @param schema its issues' messages are message ids, so that what is shown comes from the catalogues */
export function parseForm<T>(schema: z.ZodType<T>, values: Record<string, string>): Parsed<T> {
  const result = schema.safeParse(values);
  if (result.success) return { ok: true, data: result.data };
  const errors: Record<string, MessageId> = {};
  for (const { path, message } of result.error.issues) errors[String(path[0] ?? "form")] ??= wordsOf(message);
  return { ok: false, fault: { values, errors } };
}

/** A field that no page of ours leaves out, or sends so, has no words of its own: the schema's are for programmers. */
const wordsOf = (message: string): MessageId =>
  /^[a-z]+(\.[\w-]+)+$/.test(message) ? (message as MessageId) : "problem.invalid-input";
