import type { PersonCtx } from "#app/core/ctx.ts";
import { isLive } from "./session-life.server.ts";
import { getSettings, type Settings } from "./settings.server.ts";

/** Everything kept about a person: what it says where it is short, else how much of it there is. */
export type Held = {
  settings: Settings;
  since: Date;
  posts: number;
  promises: number;
  /** Needs they were asked to help with. */
  asks: number;
  groups: number;
  texts: number;
  devices: number;
  optedOut: boolean;
  /** What came of asking them, counted; null where nothing was. */
  learned: { asked: number; yes: number; promised: number; kept: number } | null;
};

/** What we hold about me. */
export async function whatWeHold(ctx: PersonCtx): Promise<Held> {
  const { id } = ctx.person;
  const [row] = await ctx.db.sql<Omit<Held, "settings">[]>`
    select p.created_at as since,
      (select count(*)::int from posts where author_id = p.id) as posts,
      (select count(*)::int from claims where person_id = p.id) as promises,
      (select count(*)::int from asks where person_id = p.id) as asks,
      (select count(*)::int from memberships where person_id = p.id and state <> 'left') as groups,
      (select count(*)::int from outbox where person_id = p.id) as texts,
      (select count(*)::int from sessions s where s.person_id = p.id and ${isLive(ctx, ctx.now)}) as devices,
      coalesce((select action = 'out' from consent_events where phone_lookup = p.phone_lookup order by id desc limit 1), false) as "optedOut",
      (select jsonb_build_object('asked', r.asked, 'yes', r.yes, 'promised', r.promised, 'kept', r.kept)
        from outcome_rates r where r.scope = 'person' and r.key = p.id::text) as learned
    from people p where p.id = ${id}::uuid`;
  return { settings: await getSettings(ctx), ...row! };
}
