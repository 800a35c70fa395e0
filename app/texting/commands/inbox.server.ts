import type { Answer, Texter } from "../texter.ts";

/**
 * A person must read it: the thread waits in the coordinators' inbox. The writer is told so at most once a day.
 *
 * @param hint what to say besides, each time.
 */
export async function toInbox({ ctx, t, heard }: Texter, hint: string[] = []): Promise<Answer> {
  if (hint.length > 0) return { outcome: "inbox", say: hint, unread: true, idle: true };
  const [told] = await ctx.db.sql`
    select 1 from outbox where person_id = ${ctx.person.id}::uuid and dedupe_key like 'reply:%:inbox'
      and dedupe_key <> ${`reply:${heard.sid}:inbox`} and created_at > ${ctx.now}::timestamptz - interval '24 hours' limit 1`;
  return { outcome: "inbox", say: told ? [] : [t("texting.inbox")], unread: true, idle: true };
}
