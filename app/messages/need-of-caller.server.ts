import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { FieldAnswers } from "#app/groups/category-field.ts";
import { knownAnswers } from "#app/groups/field-answers.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { parsePhone } from "#app/people/phone.server.ts";
import { limitPosting } from "#app/posts/limit-posting.server.ts";
import { placeOf, windowOf } from "#app/posts/new-post.server.ts";
import { publishPost, type Published } from "#app/posts/publish-post.server.ts";
import type { CallerGiven } from "./need-input.ts";

/**
 * A coordinator writes a need down for somebody who called or came by. With a number it is theirs and they get the receipt by text;
 * without one the coordinator is its author. Sent twice with one key it is one need.
 *
 * @throws Problem `too-many`, `invalid-input`, and those of `publishPost`.
 */
export async function needOfCaller(ctx: PersonCtx, given: CallerGiven, answers: FieldAnswers = {}): Promise<Published> {
  const phone = given.phone.trim() ? parsePhone(given.phone) : null;
  const at = placeOf(await listGroups(ctx, given.textLocale, "uncounted"), given.what);
  if (!at) throw new Problem("invalid-input", { field: "what" });
  await limitPosting(ctx, { address: null, phone });
  const { title, details, quantity, place, address, privateNote, visibility, name, textLocale, key } = given;
  return publishPost(ctx, {
    kind: "need",
    groupId: at.group.id,
    categoryId: at.category?.id ?? null,
    title,
    details,
    quantity,
    ...windowOf("need", given.when, ctx.now),
    place,
    lat: null,
    lng: null,
    address,
    privateNote,
    visibility,
    languages: [],
    answers: knownAnswers(at.category, answers),
    locale: textLocale,
    contact: { name, phone, email: null },
    enteredBy: ctx.person.id,
    submitKey: `caller ${key}`,
  });
}
