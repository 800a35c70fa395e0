import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { isLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import { hide, hideInName } from "#app/people/hiding/hide.ts";
import { plainCode, type PostKind } from "#app/posts/post.ts";
import { isKept, isTrusted } from "#app/posts/reach.server.ts";
import { type Candidate, chooseRelay, type RelayOutcome, type Side, type Which } from "./relay.ts";

/** One side of a conversation: names and numbers stay sealed until they are needed. */
export type Party = {
  id: string;
  name: string | null;
  phoneSealed: string | null;
  emailSealed: string | null;
  sharedAt: Date | null;
  /** Our number that their texts about it come from; null: any. */
  senderId: string | null;
};

/** A conversation as one of its sides has it; `relayId` is null until the first word. */
export type MyRelay = Candidate & {
  relayId: string | null;
  postId: string;
  groupId: string;
  groupName: string;
  groupTranslations: Translations;
  side: Side;
  /** Mine to see: who was reported learns only that it has ended. */
  reported: boolean;
  timeZone: string;
  me: Party;
  other: Party;
  /** They have heard from me before. */
  begun: boolean;
  /** The promise still stands, or was kept just now: only so long are numbers that both shared shown. */
  kept: boolean;
};

type RelayRow = {
  claim_id: string;
  relay_id: string | null;
  post_id: string;
  code: string;
  title: string;
  kind: PostKind;
  side: Side;
  open: boolean;
  ended_at: Date | null;
  reported: boolean;
  time_zone: string;
  number: string | null;
  group_id: string;
  group_name: string;
  group_translations: Translations;
  begun: boolean;
  kept: boolean;
  trusted: boolean;
  contact_name_sealed: string | null;
  is_own: boolean;
} & Record<`${Who}_id`, string> &
  Record<`${Who}_${"name_sealed" | "phone_sealed" | "email_sealed" | "sender_id"}`, string | null> &
  Record<`${Who}_shared_at`, Date | null>;
type Who = "me" | "other";

/** How long people may still talk when the promise is over. */
export const TALK_HOURS = 72;

/**
 * The conversations this person is a side of, open ones first. A promise that is kept, or was within three days, has
 * one even when nobody said a word yet; without a row it is opened by the first.
 */
export async function myRelays(
  ctx: Ctx,
  personId: string,
  only: PendingQuery<Row[]> = ctx.db.sql`true`,
): Promise<MyRelay[]> {
  const { sql } = ctx.db;
  const since = new Date(ctx.now.getTime() - TALK_HOURS * 3_600_000);
  const rows = await sql<RelayRow[]>`
    with mine as (
      select c.id, 'claimer' as side from claims c where c.person_id = ${personId}::uuid
      union all
      select c.id, 'author' from posts p join claims c on c.post_id = p.id where p.author_id = ${personId}::uuid
    )
    select c.id as claim_id, r.id as relay_id, p.id as post_id, p.code, p.title, p.kind, p.group_id, mine.side,
      g.name as group_name, g.translations as group_translations, p.contact_name_sealed,
      ${talkable(ctx, since)} as open, coalesce(r.closed_at, c.updated_at + make_interval(hours => ${TALK_HOURS}::int)) as ended_at,
      (r.reported_by = ${personId}::uuid) is true as reported, me.time_zone, own.address as number,
      exists (select from relay_texts t where t.relay_id = r.id and t.side = mine.side) as begun,
      ${isKept(ctx)} as kept, mine.side = 'author' or ${isTrusted(ctx)} as trusted,
      author.created_at = p.created_at or exists (select from events e where e.post_id = p.id
        and e.type = 'post.published' and e.actor_id = p.author_id) as is_own,
      me.id as me_id, me.name_sealed as me_name_sealed, me.phone_sealed as me_phone_sealed,
      me.email_sealed as me_email_sealed, mp.shared_at as me_shared_at, own.id as me_sender_id,
      other.id as other_id, other.name_sealed as other_name_sealed, other.phone_sealed as other_phone_sealed,
      other.email_sealed as other_email_sealed, op.shared_at as other_shared_at, theirs.id as other_sender_id
    from mine join claims c on c.id = mine.id join posts p on p.id = c.post_id join groups g on g.id = p.group_id
      join people author on author.id = p.author_id
      join people me on me.id = ${personId}::uuid
      join people other on other.id = case mine.side when 'claimer' then p.author_id else c.person_id end
      left join relays r on r.claim_id = c.id
      left join relay_parties mp on mp.relay_id = r.id and mp.side = mine.side
      left join relay_parties op on op.relay_id = r.id and op.side <> mine.side
      left join senders own on own.id = mp.sender_id and own.enabled
      left join senders theirs on theirs.id = op.sender_id and theirs.enabled
    where p.author_id <> c.person_id and (r.id is not null or ${talkable(ctx, since)}) and ${only}
    order by open desc, c.created_at desc limit 200`;
  return rows.map((row) => relayOf(ctx, row));
}

/** The condition on claims `c` and relays `r` (its columns null where it has none) that the two may talk. */
export function talkable({ db: { sql } }: Pick<Ctx, "db">, since: Date): PendingQuery<Row[]> {
  return sql`(case when r.id is null
    then c.status in ('promised', 'on_the_way', 'delivered') or c.status = 'confirmed' and c.updated_at > ${since}::timestamptz
    else r.closed_at is null and (c.status in ('promised', 'on_the_way', 'delivered') or c.updated_at > ${since}::timestamptz)
  end)`;
}

function relayOf(ctx: Ctx, row: RelayRow): MyRelay {
  const party = (who: Who, isAuthor: boolean): Party => {
    const id = row[`${who}_id`];
    const open = (sealed: string | null, column: string) => ctx.seal.read(sealed, { table: "people", column, row: id });
    const own = !isAuthor || row.is_own;
    // Who the author is learns no claimer whom no coordinator has accepted.
    const named = who === "me" || row.trusted;
    const typed = isAuthor
      ? ctx.seal.read(row.contact_name_sealed, { table: "posts", column: "contact_name_sealed", row: row.post_id })
      : null;
    return {
      id,
      name: hideInName(!named ? null : (typed ?? (own ? open(row[`${who}_name_sealed`], "name_sealed") : null)), [
        open(row[`${who}_phone_sealed`], "phone_sealed"),
        open(row[`${who}_email_sealed`], "email_sealed"),
      ]),
      phoneSealed: row[`${who}_phone_sealed`],
      emailSealed: own ? row[`${who}_email_sealed`] : null,
      sharedAt: row[`${who}_shared_at`],
      senderId: row[`${who}_sender_id`],
    };
  };
  return {
    claimId: row.claim_id,
    relayId: row.relay_id,
    postId: row.post_id,
    groupId: row.group_id,
    groupName: row.group_name,
    groupTranslations: row.group_translations,
    code: row.code,
    title: row.title,
    kind: row.kind,
    side: row.side,
    open: row.open,
    endedAt: row.open ? null : row.ended_at,
    reported: row.reported,
    timeZone: row.time_zone,
    number: row.number,
    begun: row.begun,
    kept: row.kept,
    me: party("me", row.side === "author"),
    other: party("other", row.side === "claimer"),
  };
}

/** How to reach this side without us: the number, else the address; null when they left neither. */
export function reachOf(ctx: Ctx, party: Party): string | null {
  const open = (sealed: string | null, column: string) =>
    ctx.seal.read(sealed, { table: "people", column, row: party.id });
  return open(party.phoneSealed, "phone_sealed") ?? open(party.emailSealed, "email_sealed");
}

/** The conversation that is meant, or the answer why there is not exactly one. */
export async function findRelay(
  ctx: Ctx,
  personId: string,
  which: Which,
): Promise<{ relay: MyRelay } | { answer: RelayOutcome }> {
  const all = await myRelays(ctx, personId);
  const chosen = chooseRelay(all, { ...which, code: which.code && plainCode(which.code) }, ctx.now);
  if (chosen.kind === "this") return { relay: chosen.it };
  if (chosen.kind !== "several") return { answer: { kind: chosen.kind } };
  const t = textFor(await localeOf(ctx, personId));
  const choices = chosen.these.map(({ claimId, code, title, other }) => ({
    claimId,
    code,
    title: hide(title, { word: t("relay.hidden") }),
    other: other.name ?? t("notifications.someone"),
  }));
  return { answer: { kind: "which", choices } };
}

async function localeOf(ctx: Ctx, personId: string): Promise<Locale> {
  const [row] = await ctx.db.sql<{ locale: string }[]>`select locale from people where id = ${personId}::uuid`;
  return isLocale(row?.locale) ? row.locale : "en";
}
