import type { PendingQuery, Row } from "postgres";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { coordinatedGroups } from "#app/groups/membership.ts";
import { isUuid } from "#app/people/uuid.ts";
import type { Side } from "./relay.ts";

/** A conversation that one side asked the group to look at; without its words. */
export type ReportedRelay = {
  id: string;
  claimId: string;
  code: string;
  title: string;
  groupId: string;
  reportedAt: Date;
  /** Who reported it; null when they were erased since. */
  by: Side | null;
  /** When a coordinator first read it; null: nobody has yet. */
  readAt: Date | null;
};

/** What was said, oldest first, as it was typed. */
export type ReportedWords = ReportedRelay & {
  sides: Record<Side, string | null>;
  said: { id: string; side: Side; words: string | null; at: Date }[];
};

/** Reported conversations of the groups this person coordinates, but none in which they are a side; newest first. */
export async function listReportedRelays(ctx: PersonCtx): Promise<ReportedRelay[]> {
  return ctx.db.sql<ReportedRelay[]>`${select(ctx)} order by r.reported_at desc limit 100`;
}

/**
 * Opens a reported conversation to a coordinator of its group. The look is recorded as `relay.read` by the statement
 * that reads.
 *
 * @throws Problem `not-found` where there is none, it was not reported, or it is not theirs to read.
 */
export async function readReportedRelay(ctx: PersonCtx, relayId: string): Promise<ReportedWords> {
  if (!isUuid(relayId)) throw new Problem("not-found");
  const { sql } = ctx.db;
  const [row] = await sql<(ReportedRelay & { names: SealedName[]; said: SealedWords[] })[]>`
    with shown as (${select(ctx)} and r.id = ${relayId}::uuid), happened as (
      insert into events (type, group_id, post_id, claim_id, actor_id, at)
      select 'relay.read', shown."groupId", r.post_id, r.claim_id, ${ctx.person.id}::uuid, ${ctx.now}::timestamptz
      from shown join relays r on r.id = shown.id
    )
    select shown.*,
      (select jsonb_agg(jsonb_build_object('side', p.side, 'id', p.person_id, 'name', w.name_sealed))
        from relay_parties p join people w on w.id = p.person_id where p.relay_id = shown.id) as names,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'side', t.side, 'body', t.body_sealed, 'at', t.created_at)
        order by t.created_at, t.id) from relay_texts t where t.relay_id = shown.id), '[]') as said
    from shown`;
  if (!row) throw new Problem("not-found");
  const named = (side: Side) => {
    const found = row.names.find((name) => name.side === side);
    return found ? ctx.seal.read(found.name, { table: "people", column: "name_sealed", row: found.id }) : null;
  };
  return {
    ...row,
    sides: { author: named("author"), claimer: named("claimer") },
    said: row.said.map(({ id, side, body, at }) => ({
      id,
      side,
      words: ctx.seal.read(body, { table: "relay_texts", column: "body_sealed", row: id }),
      at: new Date(at),
    })),
  };
}

type SealedName = { side: Side; id: string; name: string | null };
type SealedWords = { id: string; side: Side; body: string | null; at: string };

function select(ctx: PersonCtx): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  const groups = coordinatedGroups(ctx.person);
  const mine = groups === "all" ? sql`true` : sql`p.group_id = any(${groups}::uuid[])`;
  return sql`
    select r.id, r.claim_id as "claimId", p.code, p.title, p.group_id as "groupId", r.reported_at as "reportedAt",
      (select rp.side from relay_parties rp where rp.relay_id = r.id and rp.person_id = r.reported_by) as "by",
      (select min(e.at) from events e where e.post_id = r.post_id and e.claim_id = r.claim_id
        and e.type = 'relay.read') as "readAt"
    from relays r join posts p on p.id = r.post_id
    where r.reported_at is not null and ${mine}
      and not exists (select from relay_parties rp where rp.relay_id = r.id and rp.person_id = ${ctx.person.id}::uuid)`;
}
