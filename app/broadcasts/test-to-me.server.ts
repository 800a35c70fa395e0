import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { insertTexts, owedText } from "#app/notifications/owed-texts.server.ts";
import { readReaders } from "#app/notifications/read-readers.server.ts";
import { takeFromLimit } from "#app/people/rate-limit.server.ts";
import type { Broadcast } from "./get-broadcast.server.ts";
import { bodyOf, faultOf } from "./words.ts";

/** Enough to get the words right. */
const TESTS_AN_HOUR = 20;

/**
 * The text as its readers will get it, to the coordinator's own phone and at once: they just asked for it.
 *
 * @param input `key` is the form's, so that a form sent twice sends one text.
 * @throws Problem `invalid-input` for words that may not go out; `unavailable` when they have no number or said STOP;
 *   `too-many`.
 */
export async function testToMe(
  ctx: PersonCtx,
  broadcast: Broadcast,
  { locale, first, key }: { locale: Locale; first: boolean; key: string },
): Promise<void> {
  const words = broadcast.words[locale];
  if (!words || faultOf(words, new URL(ctx.publicUrl).host)) throw new Problem("invalid-input");
  const reader = (await readReaders(ctx, [ctx.person.id])).get(ctx.person.id);
  if (!reader) throw new Problem("unavailable");
  const limit = { key: `broadcast test|${ctx.person.id}`, max: TESTS_AN_HOUR, perSeconds: 3600 };
  if (!(await takeFromLimit(ctx, limit))) throw new Problem("too-many");
  const body = bodyOf(broadcast.frame, locale, words, first);
  const dedupeKey = `broadcast-test:${broadcast.id}:${ctx.person.id}:${key}`;
  await insertTexts(ctx, [owedText(ctx, { dedupeKey, template: "reply", reader, body, groupId: broadcast.groupId })]);
}
