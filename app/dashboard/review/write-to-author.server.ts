import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { insertOf, owedText } from "#app/notifications/owed-texts.server.ts";
import { afterQuietHours, type QuietHours } from "#app/people/quiet-hours.ts";
import { findOwnPost, runsGroup } from "#app/posts/own-post.server.ts";
import { LONGEST_WORDS } from "./review.ts";

type Given = {
  code: string;
  revision: number;
  words: string;
  /** Made with the form: sent twice it is one text. */
  key: string;
  /** The post is declined with it; otherwise it stays as it is, and its author is asked. */
  decline: boolean;
};
type Author = QuietHours & { id: string; title: string; locale: Locale };

const VALID_HOURS = 24;

/**
 * A coordinator texts the author of a post in their own words: to ask something, or why it is taken down. One statement writes the
 * text, closes the post where it is declined, and records it; nothing of it happens where the post was changed since, or
 * where its author cannot be texted. What they answer is read in the messages. Nobody is woken by it.
 *
 * @returns `cannot` where their phone said STOP, they have none, or it is the asker.
 * @throws Problem `not-found`, `not-allowed`, `invalid-input` without words or with too many, `already-closed`, `changed-meanwhile`.
 */
export async function writeToAuthor(ctx: PersonCtx, given: Given): Promise<"sent" | "cannot"> {
  const words = given.words.replaceAll("\r\n", "\n").trim();
  if (!words || words.length > LONGEST_WORDS || !given.key) throw new Problem("invalid-input", { field: "words" });
  const post = await findOwnPost(ctx, { code: given.code });
  if (!runsGroup(ctx, post.group_id)) throw new Problem("not-allowed");
  const author = await readAuthor(ctx, post.id);
  if (!author) return "cannot";
  const body = textFor(author.locale)("review.text_to_author", { title: author.title, words });
  const notBefore = ctx.wakesNobody ? ctx.now : afterQuietHours(ctx.now, author);
  const dedupeKey = `review:${ctx.seal.lookup("request", `${ctx.person.id}|${post.id}|${given.key}`)}`;
  const text = {
    ...owedText(ctx, { dedupeKey, template: "reply", reader: author, body, groupId: post.group_id }),
    not_before: notBefore,
    expires_at: new Date(notBefore.getTime() + VALID_HOURS * 3_600_000),
  };
  const { sql } = ctx.db;
  const [done] = await sql<{ sent: boolean; repeated: boolean }[]>`
    with target as (
      select p.id, p.group_id, p.status, p.unapproved from posts p
      where p.id = ${post.id}::uuid and p.status <> 'closed' and p.revision = ${given.revision}::int
        and not exists (select from outbox o where o.dedupe_key = ${dedupeKey})
      for update of p
    ), closed as (
      update posts p set status = 'closed', closed_reason = 'declined', unapproved = true, closed_at = ${ctx.now}::timestamptz,
        reopens_at = null, updated_at = ${ctx.now}::timestamptz, revision = p.revision + 1
      from target where p.id = target.id and ${given.decline}::boolean
    ), owed as (${insertOf(ctx, [text], sql`exists (select from target)`)} returning id
    ), happened as (
      insert into events (type, group_id, post_id, actor_id, data, at)
      select case when ${given.decline}::boolean then 'post.closed' else 'post.author_asked' end, group_id, id, ${ctx.person.id}::uuid,
        case when ${given.decline}::boolean then jsonb_build_object('reason', 'declined', 'was', status, 'was_unapproved', unapproved)
          else '{}' end, ${ctx.now}::timestamptz
      from target
    )
    select exists (select from target) as sent, exists (select from outbox where dedupe_key = ${dedupeKey}) as repeated`;
  if (done!.sent || done!.repeated) return "sent";
  throw new Problem((await findOwnPost(ctx, given)).status === "closed" ? "already-closed" : "changed-meanwhile");
}

/** Whoever wrote the post, where they can be texted and are not the asker. */
async function readAuthor(ctx: PersonCtx, postId: string): Promise<Author | null> {
  const [row] = await ctx.db.sql<Author[]>`
    select a.id, p.title, a.locale, a.time_zone as "timeZone", a.quiet_from as "quietFrom", a.quiet_to as "quietTo"
    from posts p join people a on a.id = p.author_id
    where p.id = ${postId}::uuid and a.phone_sealed is not null and a.id <> ${ctx.person.id}::uuid
      and coalesce((select ce.action from consent_events ce where ce.phone_lookup = a.phone_lookup order by ce.id desc limit 1), 'in') <> 'out'`;
  return row ?? null;
}
