import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { readCommand } from "#app/sms/grammar.ts";
import { foldWords } from "#app/sms/fold.ts";
import type { Habits } from "#app/groups/habits-input.ts";
import { can } from "#app/groups/membership.ts";
import { worded } from "#app/groups/worded.server.ts";

/**
 * Changes when a group is quiet, what it tells who joins, which texted words lead to it, and how long it keeps contacts.
 *
 * @throws Problem `not-allowed`; `invalid-input` with `keyword` when a word means something else already, to us or in
 *   another group.
 */
export async function changeHabits(ctx: PersonCtx, groupId: string, given: Habits, locale: Locale): Promise<void> {
  if (!can(ctx.person, "coordinate", { groupId })) throw new Problem("not-allowed");
  const { sql } = ctx.db;
  const keywords = [...new Set(given.keywords.map(foldWords))];
  const odd = keywords.find((word) => !isFree(word));
  if (odd !== undefined) throw new Problem("invalid-input", { keyword: odd });
  const others = {
    quiet_from: given.quietFrom,
    quiet_to: given.quietTo,
    retention_days: given.retentionDays,
    keywords,
  };
  const { columns, translated } = worded(ctx, locale, { welcome: given.welcome }, others);
  const changed = await sql`
    with changed as (
    update groups g set ${sql(columns)}${translated} where g.id = ${groupId}::uuid
      and not exists (select from groups o where o.id <> g.id and o.keywords && ${keywords}::text[])
    returning id
    )
    insert into events (type, group_id, actor_id, at)
    select 'group.changed', id, ${ctx.person.id}::uuid, ${ctx.now}::timestamptz from changed
    returning id`;
  if (changed.length > 0) return;
  const [taken] = await sql<{ word: string }[]>`
    select word from groups o, unnest(o.keywords) word where o.id <> ${groupId}::uuid and word = any(${keywords}::text[]) limit 1`;
  throw new Problem("invalid-input", { keyword: taken?.word ?? keywords[0] ?? "" });
}

/** One word of three letters or more that asks for nothing else: never STOP, MENU, YES, nor what is one slip from them. */
function isFree(word: string): boolean {
  if (!/^\p{L}[\p{L}\p{N}]{2,}$/u.test(word)) return false;
  const command = readCommand(word, { optedOut: false });
  return command.kind === "words" && command.nearest === null;
}
