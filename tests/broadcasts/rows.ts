import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { EVERYBODY, type Audience } from "#app/broadcasts/audience.ts";
import type { BroadcastWords } from "#app/broadcasts/broadcast.ts";
import { getBroadcast, type Broadcast } from "#app/broadcasts/get-broadcast.server.ts";
import { saveDraft, saveWords } from "#app/broadcasts/save-draft.server.ts";
import { submitBroadcast } from "#app/broadcasts/submit-broadcast.server.ts";
import { aGroup, aMember, aPerson, signedInAs, type MadeGroup } from "#tests/factories.ts";

export type Crew = { group: MadeGroup; author: PersonCtx; second: PersonCtx; admin: PersonCtx };

/** A group with two coordinators who have alerts off (so they are no readers), and an admin from outside. */
export async function aCrew(ctx: Ctx): Promise<Crew> {
  const group = await aGroup(ctx);
  const given = { role: "coordinator", alerts: false } as const;
  return {
    group,
    author: await signedInAs(ctx, await aMember(ctx, group.id, given)),
    second: await signedInAs(ctx, await aMember(ctx, group.id, given)),
    admin: await signedInAs(ctx, await aPerson(ctx, { isAdmin: true })),
  };
}

type Given = { groupId: string | null; audience?: Partial<Audience>; words?: BroadcastWords };

export async function aDraft(ctx: PersonCtx, given: Given): Promise<Broadcast> {
  const id = newId(ctx.now);
  await saveDraft(ctx, { id, groupId: given.groupId, audience: { ...EVERYBODY, ...given.audience } });
  await saveWords(ctx, { id, words: given.words ?? { en: "We meet tonight at 7, at the library." } });
  return getBroadcast(ctx, id, "en");
}

/** One that goes out; the second person is asked for where it needs one. */
export async function aSending(ctx: PersonCtx, given: Given): Promise<Broadcast> {
  const draft = await aDraft(ctx, given);
  const state = await submitBroadcast(ctx, draft);
  if (state === "waiting") {
    await ctx.db
      .sql`update broadcasts set state = 'sending', approved_at = ${ctx.now}::timestamptz where id = ${draft.id}::uuid`;
  }
  return getBroadcast(ctx, draft.id, "en");
}

/** People by the thousand, all active volunteers of a group; `each` are further columns as SQL over `n`. */
export async function manyVolunteers(ctx: Ctx, groupId: string, count: number, tag: string): Promise<void> {
  const { sql } = ctx.db;
  for (let from = 1; from <= count; from += 10_000) {
    const to = Math.min(count, from + 9_999);
    await sql`
      with made as (
        insert into people (id, phone_sealed, phone_lookup, locale, time_zone, quiet_from, quiet_to, verified_at, created_at)
        select gen_random_uuid(), 'v1.none.' || n, ${tag} || n, (array['en', 'en', 'es', 'ar'])[1 + n % 4],
          (array['America/New_York', 'America/Phoenix', 'America/Los_Angeles'])[1 + n % 3], 0, 0, now(), now()
        from generate_series(${from}::int, ${to}::int) n
        returning id
      )
      insert into memberships (person_id, group_id, created_at) select id, ${groupId}::uuid, now() from made`;
  }
}

/** The texts of a broadcast by state. */
export async function textsByState(ctx: Ctx, id: string): Promise<Record<string, number>> {
  const rows = await ctx.db.sql<{ state: string; n: number }[]>`
    select state, count(*)::int as n from outbox where broadcast_id = ${id}::uuid group by state`;
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

export async function broadcastRow(ctx: Ctx, id: string) {
  const [row] = await ctx.db.sql<
    {
      state: string;
      expanded: number;
      recipients: number;
      segments: number;
      expanded_at: Date | null;
      paused_why: string | null;
      skipped: Record<string, number>;
    }[]
  >`select state, expanded, recipients, segments, expanded_at, paused_why, skipped from broadcasts where id = ${id}::uuid`;
  return row!;
}
