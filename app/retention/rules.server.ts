import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { isLive } from "#app/people/session-life.server.ts";
import { TEXT_DAYS, TALK_DAYS, USUAL_DAYS, UNREAD_DAYS, type RuleName } from "./rules.ts";

type Fragment = PendingQuery<Row[]>;

/** One thing that is kept for so long and no longer. Each reads its table as `x`. */
export type Rule = {
  table: string;
  /** The primary key. */
  key: string;
  /** The sealed columns that are empty afterwards. */
  clears: readonly string[];
  /** What else is emptied with them, if anything; `delete`: the row goes. */
  also: Fragment | "delete" | null;
  /** Something is still there. */
  held: Fragment;
  /** Since when it is of no more use: what it was needed for is over; null while it is not. */
  over: Fragment;
  /** So many days it is kept from then on. */
  days: Fragment;
  /** Whose archive keys go with it, as `SEALED_COLUMNS` names owners; null where it is days that go. */
  owner: Fragment | null;
};

/** Who has nothing going here any more: since when, by what they last did. */
const lastOfAll = (ctx: Ctx): Fragment => ctx.db.sql`
  case when x.is_admin
      or exists (select from memberships m where m.person_id = x.id and m.state <> 'left')
      or exists (select from sessions s where s.person_id = x.id and ${isLive(ctx, ctx.now)})
      or exists (select from sign_in_codes k where k.person_id = x.id and k.expires_at > ${ctx.now}::timestamptz)
      or exists (select from api_tokens t where t.person_id = x.id and t.revoked_at is null)
      or exists (select from posts p where p.author_id = x.id and (p.status <> 'closed' or p.reopens_at is not null))
      or exists (select from claims c where c.person_id = x.id and c.status in ('promised', 'on_the_way', 'delivered'))
    then null
    else greatest(x.created_at, (select max(p.closed_at) from posts p where p.author_id = x.id),
      (select max(c.updated_at) from claims c where c.person_id = x.id)) end`;

/** How long everything about people is kept. One rule for each thing; a test sees to it that no sealed column has none. */
export const rulesOf = (ctx: Ctx): Record<RuleName, Rule> => ({
  ...ofPosts(ctx),
  ...ofPeople(ctx),
  ...ofTexts(ctx),
  ...ofThreads(ctx),
  ...ofGroups(ctx),
});

type Rules<N extends RuleName> = Record<N, Rule>;

function ofPosts(ctx: Ctx): Rules<"post_contacts" | "promise_notes" | "relay_texts"> {
  const { sql } = ctx.db;
  return {
    post_contacts: {
      table: "posts",
      key: "id",
      clears: ["address_sealed", "note_sealed", "contact_name_sealed"],
      also: sql`answers = '{}'`,
      held: sql`x.status = 'closed' and coalesce(x.address_sealed, x.note_sealed, x.contact_name_sealed) is not null`,
      over: sql`case when x.reopens_at is null then x.closed_at end`,
      days: sql`(select g.retention_days from groups g where g.id = x.group_id)`,
      owner: sql`'post:' || x.id`,
    },
    promise_notes: {
      table: "claims",
      key: "id",
      clears: ["note_sealed"],
      also: null,
      held: sql`x.note_sealed is not null`,
      over: sql`case when x.status not in ('promised', 'on_the_way') then x.updated_at end`,
      days: sql`${USUAL_DAYS}`,
      owner: sql`'claim:' || x.id`,
    },
    relay_texts: {
      table: "relay_texts",
      key: "id",
      clears: ["body_sealed"],
      also: "delete",
      held: sql`true`,
      over: sql`(select r.closed_at from relays r where r.id = x.relay_id
        and (r.reported_at is null or r.closed_at < ${ctx.now}::timestamptz - make_interval(days => ${UNREAD_DAYS})))`,
      days: sql`${TALK_DAYS}`,
      owner: sql`'relay:' || x.relay_id`,
    },
  };
}

function ofPeople(ctx: Ctx): Rules<"people" | "second_steps" | "member_notes"> {
  const { sql } = ctx.db;
  return {
    people: {
      table: "people",
      key: "id",
      clears: ["name_sealed", "phone_sealed", "email_sealed"],
      also: sql`phone_lookup = null, languages = '{}', lat = null, lng = null`,
      held: sql`coalesce(x.name_sealed, x.phone_sealed, x.email_sealed) is not null`,
      over: lastOfAll(ctx),
      days: sql`${USUAL_DAYS}`,
      owner: sql`'person:' || x.id`,
    },
    second_steps: {
      table: "second_steps",
      key: "id",
      clears: ["secret_sealed"],
      also: "delete",
      held: sql`true`,
      over: sql`(select x.created_at from people p where p.id = x.person_id and p.phone_lookup is null)`,
      days: sql`0`,
      owner: null,
    },
    member_notes: {
      table: "memberships",
      key: "ctid",
      clears: ["note_sealed"],
      also: null,
      held: sql`x.note_sealed is not null`,
      over: sql`case when x.state = 'left' then x.created_at end`,
      days: sql`0`,
      owner: null,
    },
  };
}

function ofTexts(ctx: Ctx): Rules<"texts_out" | "texts_in" | "calls"> {
  const { sql } = ctx.db;
  return {
    texts_out: {
      table: "outbox",
      key: "id",
      clears: ["body_sealed"],
      also: null,
      held: sql`x.body_sealed is not null`,
      over: sql`coalesce(x.done_at, x.expires_at)`,
      days: sql`${TEXT_DAYS}`,
      owner: null,
    },
    texts_in: {
      table: "inbound_texts",
      key: "message_sid",
      clears: ["body_sealed", "from_sealed"],
      also: null,
      held: sql`coalesce(x.body_sealed, x.from_sealed) is not null`,
      over: sql`case when ${isRead(ctx, sql`x.handled_at`)} then x.received_at end`,
      days: sql`${TEXT_DAYS}`,
      owner: null,
    },
    calls: {
      table: "voice_calls",
      key: "call_sid",
      clears: ["from_sealed", "transcript_sealed"],
      also: null,
      held: sql`coalesce(x.from_sealed, x.transcript_sealed) is not null`,
      over: sql`case when ${isRead(ctx, sql`coalesce(x.handled_at, case when x.state = 'ended' then x.updated_at end)`)} then x.received_at end`,
      days: sql`${TEXT_DAYS}`,
      owner: null,
    },
  };
}

function ofThreads(ctx: Ctx): Rules<"conversations" | "threads"> {
  const { sql } = ctx.db;
  return {
    conversations: {
      table: "text_threads",
      key: "phone_lookup",
      clears: ["conversation_sealed"],
      also: null,
      held: sql`x.conversation_sealed is not null`,
      over: sql`x.conversation_expires_at`,
      days: sql`1`,
      owner: null,
    },
    threads: {
      table: "text_threads",
      key: "phone_lookup",
      clears: ["phone_sealed"],
      also: "delete",
      held: sql`true`,
      over: sql`case when x.waiting_since is null
        and (x.unread_since is null or x.last_heard_at < ${ctx.now}::timestamptz - make_interval(days => ${UNREAD_DAYS}))
        then x.last_heard_at end`,
      days: sql`${USUAL_DAYS}`,
      owner: sql`'phone:' || x.phone_lookup`,
    },
  };
}

function ofGroups(ctx: Ctx): Rules<"broadcasts" | "shift_notes"> {
  const { sql } = ctx.db;
  return {
    broadcasts: {
      table: "broadcasts",
      key: "id",
      clears: ["words_sealed"],
      also: null,
      held: sql`x.words_sealed is not null`,
      over: sql`case when x.state in ('sent', 'stopped') then coalesce(x.ended_at, x.updated_at) end`,
      days: sql`${USUAL_DAYS}`,
      owner: sql`'broadcast:' || x.id`,
    },
    shift_notes: {
      table: "shift_notes",
      key: "id",
      clears: ["words_sealed"],
      also: "delete",
      held: sql`true`,
      over: sql`x.created_at`,
      days: sql`${USUAL_DAYS}`,
      owner: null,
    },
  };
}

/** Done with, and nothing of its thread waits for somebody to read it; after long enough that no longer counts. */
const isRead = ({ db: { sql }, now }: Ctx, handled: Fragment): Fragment => sql`(
  x.received_at < ${now}::timestamptz - make_interval(days => ${UNREAD_DAYS})
  or ${handled} is not null
    and not exists (select from text_threads t where t.phone_lookup = x.phone_lookup and t.unread_since is not null))`;
