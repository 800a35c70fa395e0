import { json } from "@remix-run/node";
import type { z } from "zod";
import type { PersonCtx } from "#app/core/ctx.ts";
import type { FieldAnswers } from "#app/groups/category-field.ts";
import { ASKED, readAnswers, type FieldView } from "#app/groups/field-answers.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { fieldsOf } from "#app/posts/new-post.server.ts";
import { parseForm } from "./parse-form.server.ts";
import { mistake } from "./screen-headers.ts";

/** What a form for a need of somebody else's is shown again with. */
type Again = {
  values: Record<string, string>;
  errors: Record<string, MessageId>;
  fields: FieldView[];
  answers: FieldAnswers;
  asks: boolean;
};
type Sent<T> = { data: T; answers: FieldAnswers; again?: never } | { again: ReturnType<typeof json<Again>> };

/** What the form begins with: nothing is chosen yet, so nothing more is asked. */
export const NOTHING_ASKED: Pick<Again, "fields" | "answers" | "asks"> = { fields: [], answers: {}, asks: false };

/**
 * Reads a form that writes a need down for somebody else. Some kinds of things ask more: then it comes back once (`again`) with
 * those questions, which nobody has to answer; and with whatever is wrong in it, as it was typed.
 */
export async function readNeedForm<T>(
  ctx: PersonCtx,
  { schema, values, locale }: { schema: z.ZodType<T>; values: Record<string, string>; locale: Locale },
): Promise<Sent<T>> {
  const parsed = parseForm(schema, values);
  const fields = fieldsOf(await listGroups(ctx, locale, "uncounted"), values["what"] ?? "");
  const { given, answers, errors } = readAnswers(fields, values);
  const wrong = parsed.ok ? errors : { ...parsed.fault.errors, ...errors };
  const isRight = Object.keys(wrong).length === 0;
  const asks = isRight && fields.length > 0 && values[ASKED] === undefined;
  if (parsed.ok && isRight && !asks) return { data: parsed.data, answers };
  const status = asks ? 200 : 422;
  return { again: json<Again>({ values, errors: wrong, fields, answers: given, asks }, { status, headers: mistake }) };
}

/** Every category of every group, as one list to pick from. */
export const choicesOf = (groups: Awaited<ReturnType<typeof listGroups>>, t: Text) =>
  groups.flatMap((group) => [
    ...group.categories.map((one) => ({ value: `${group.slug}/${one.slug}`, label: `${group.name}: ${one.name}` })),
    { value: `${group.slug}/`, label: `${group.name}: ${t("posts.what.other")}` },
  ]);
