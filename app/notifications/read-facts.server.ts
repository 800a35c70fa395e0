import { asEvent, type EventRow } from "#app/events/record.ts";
import type { Ctx } from "#app/core/ctx.ts";
import type { Translations } from "#app/i18n/locales.ts";
import type { PostKind, PostStatus, Urgency, Visibility } from "#app/posts/post.ts";
import type { Facts, Member } from "./facts.ts";

type Row = EventRow & {
  groupName: string | null;
  groupTranslations: Translations;
  moderates: boolean;
  welcome: string | null;
  quietFrom: number | null;
  quietTo: number | null;
  code: string | null;
  kind: PostKind;
  title: string;
  place: string | null;
  urgency: Urgency;
  visibility: Visibility;
  status: PostStatus;
  remaining: number;
  authorId: string;
  blocked: boolean;
  unit: string | null;
  unitOne: string;
  categoryTranslations: Translations;
  claimerId: string | null;
  eta: Date | null;
  offerCode: string | null;
  offerAuthorId: string | null;
  whoId: string | null;
  whoSealed: string | null;
  asked: Facts["asked"] | null;
};

/** An event with all that decides who hears of it. `who` is the claimer, or the person who asks to join. */
export type WaitingEvent = { facts: Facts; who: string | null };

/** The oldest events nobody has been told of yet, at most `limit`, without those in `skip`. */
export async function readWaiting(ctx: Ctx, limit: number, skip: ReadonlySet<number>): Promise<WaitingEvent[]> {
  const rows = await ctx.db.sql<Row[]>`
    select e.id, e.type, coalesce(e.group_id, p.group_id) as "groupId", e.post_id as "postId", e.claim_id as "claimId",
      e.actor_id as "actorId", e.data, e.at,
      g.name as "groupName", g.translations as "groupTranslations", g.moderates, g.welcome, g.quiet_from as "quietFrom", g.quiet_to as "quietTo",
      p.code, p.kind, p.title, p.place, p.urgency, p.visibility, p.status, p.remaining, p.author_id as "authorId", 'blocked' = any(p.concerns) as blocked,
      c.unit, c.unit_one as "unitOne", c.translations as "categoryTranslations",
      cl.person_id as "claimerId", cl.eta, o.code as "offerCode", o.author_id as "offerAuthorId",
      w.id as "whoId", w.name_sealed as "whoSealed",
      case e.type
        when 'question.asked' then (select jsonb_agg(jsonb_build_object('personId', q.person_id, 'offer', null)) from questions q where q.id = (e.data ->> 'questionId')::uuid)
        when 'need.wave' then (select jsonb_agg(jsonb_build_object('personId', a.person_id, 'offer', mine.code))
          from asks a left join posts mine on mine.id = a.offer_id and mine.author_id = a.person_id and mine.claimable
          where a.post_id = e.post_id and a.wave = (e.data ->> 'wave')::int)
      end as asked
    from events e
    left join posts p on p.id = e.post_id
    left join groups g on g.id = coalesce(e.group_id, p.group_id)
    left join categories c on c.id = p.category_id
    left join claims cl on cl.id = e.claim_id
    left join posts o on o.id = cl.offer_id
    left join people w on w.id = coalesce(cl.person_id, (e.data ->> 'personId')::uuid)
    where e.fanned_out_at is null and (e.hold_until is null or e.hold_until <= ${ctx.now}::timestamptz) and e.id <> all(${[...skip]}::bigint[])
    order by e.id limit ${limit}`;
  const members = await readMembers(ctx, [...new Set(rows.flatMap((row) => row.groupId ?? []))]);
  return rows.map((row) => ({ facts: factsOf(row, members.get(row.groupId ?? "") ?? []), who: openName(ctx, row) }));
}

async function readMembers(ctx: Ctx, groupIds: string[]): Promise<Map<string, Member[]>> {
  const byGroup = new Map<string, Member[]>();
  if (groupIds.length === 0) return byGroup;
  const rows = await ctx.db.sql<(Member & { groupId: string })[]>`
    select group_id as "groupId", person_id as "personId", role,
      hears_claims and coalesce(paused_until <= ${ctx.now}::timestamptz, true) as "hearsClaims"
    from memberships
    where group_id = any(${groupIds}::uuid[]) and state = 'active' and (hears_claims or role = 'coordinator')`;
  for (const { groupId, ...member } of rows) {
    const members = byGroup.get(groupId);
    if (members) members.push(member);
    else byGroup.set(groupId, [member]);
  }
  return byGroup;
}

function factsOf(row: Row, members: Member[]): Facts {
  const group = row.groupId &&
    row.groupName !== null && {
      id: row.groupId,
      name: row.groupName,
      translations: row.groupTranslations,
      moderates: row.moderates,
      welcome: row.welcome,
      quiet: row.quietFrom !== null && row.quietTo !== null ? { from: row.quietFrom, to: row.quietTo } : null,
    };
  const unit = row.unit !== null && {
    unit: row.unit,
    unitOne: row.unitOne,
    translations: row.categoryTranslations,
  };
  const post = row.postId && row.code !== null ? { ...row, id: row.postId, code: row.code, unit: unit || null } : null;
  const offer = row.offerCode && row.offerAuthorId ? { code: row.offerCode, authorId: row.offerAuthorId } : null;
  return {
    event: asEvent({
      id: row.id,
      type: row.type,
      groupId: row.groupId,
      postId: row.postId,
      claimId: row.claimId,
      actorId: row.actorId,
      data: row.data,
      at: row.at,
    }),
    group: group || null,
    post,
    claim: row.claimerId ? { personId: row.claimerId, eta: row.eta, offer } : null,
    asked: row.asked ?? [],
    members,
  };
}

/** A name that does not open costs the text its name, never the text. */
const openName = (ctx: Ctx, row: Row): string | null =>
  row.whoId && ctx.seal.read(row.whoSealed, { table: "people", column: "name_sealed", row: row.whoId });
