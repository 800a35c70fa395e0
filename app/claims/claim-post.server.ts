import type { PersonCtx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { isPersonBlocked } from "#app/people/blocked/is-blocked.server.ts";
import { areKeptApart } from "#app/people/kept-apart.server.ts";
import { plainCode } from "#app/posts/post.ts";
import { mayBeSeen } from "#app/posts/post-rows.server.ts";
import { type ClaimRow, claimView } from "./claim-row.server.ts";
import { type ClaimInput, type ClaimView, GRACE_HOURS, PATIENCE_HOURS, SETTLE_MINUTES } from "./claim.ts";
import { byUrgency, type Fragment, mayPair } from "./scope.server.ts";
import { settled } from "./settled.server.ts";
import { whyNotClaimed } from "./why-not-claimed.server.ts";

/**
 * Promises all or part of a need, or asks for all or part of an offer. One statement decides the race: of those who
 * want the last unit exactly one gets a row.
 *
 * With an offer, the promise is the offer's author's, made by that author, by whoever wrote the need, or by a coordinator
 * of one of the two groups; both must be theirs to see.
 *
 * @throws Problem `already-covered` with `{ remaining }` when less is left than was asked for, `not-open`, `own-post`,
 *   `not-found` (also where the person may not see the post), `ask-coordinators` where the two are kept apart or the group blocks the claimer (nobody is told why), `key-reused` when the key came with another request.
 */
export async function claimPost(ctx: PersonCtx, typed: ClaimInput): Promise<ClaimView> {
  const input = { ...typed, code: plainCode(typed.code), offerCode: typed.offerCode && plainCode(typed.offerCode) };
  const fingerprint = fingerprintOf(ctx, input);
  for (let tries = 0; tries < 5; tries++) {
    const [row] = await settled(() => decide(ctx, input, fingerprint));
    if (row) {
      if (row.request_hash !== fingerprint) throw new Problem("key-reused");
      return claimView(ctx, row, row.repeated);
    }
    const problem = await whyNotClaimed(ctx, input);
    if (problem) throw problem;
  }
  throw new Problem("too-busy");
}

const fingerprintOf = (ctx: PersonCtx, { code, quantity, eta, note, offerCode }: ClaimInput): string =>
  ctx.seal.lookup("request", JSON.stringify(["claim", code, quantity, eta, note, offerCode]));

type Decided = ClaimRow & { request_hash: string; repeated: boolean };

function decide(ctx: PersonCtx, input: ClaimInput, fingerprint: string): Promise<Decided[]> {
  const { sql } = ctx.db;
  const id = newId(ctx.now);
  const note = input.note && ctx.seal.seal(input.note, { table: "claims", column: "note_sealed", row: id });
  const { eta, quantity, offerCode, code } = input;

  return sql<Decided[]>`
    with claimer as (
      select coalesce((select author_id from posts where code = ${offerCode}::text), ${ctx.person.id}::uuid) as id
    ), twin as (
      select * from claims where person_id = (select id from claimer) and idempotency_key = ${input.idempotencyKey}
    ), wanted as (
      select p.id, p.kind, p.remaining, claimer.id as claimer_id, ${mayPair(ctx)} as may_pair,
        case when ${eta}::timestamptz is not null then greatest(${eta}::timestamptz, ${ctx.now}::timestamptz)
          else least(greatest(${ctx.now}::timestamptz, p.window_start) + ${byUrgency(sql, PATIENCE_HOURS)},
            case when p.window_end >= ${ctx.now}::timestamptz then p.window_end end) end as due_at,
        ${byUrgency(sql, GRACE_HOURS)} as grace
      from posts p, claimer
      where p.code = ${code} and p.status = 'open' and p.remaining >= coalesce(${quantity}::int, 1)
        and p.author_id <> claimer.id and ${mayBeSeen(ctx)} and not exists (select from twin)
        and not ${areKeptApart(ctx, sql`p.author_id`, sql`claimer.id`)}
        and not ${isPersonBlocked(ctx, sql`claimer.id`, sql`p.group_id`)}
      for update of p
    ), backing as (
      select p.id, p.remaining from posts p
      where p.code = ${offerCode}::text and p.kind = 'offer' and p.status = 'open'
        and p.remaining >= coalesce(${quantity}::int, 1) and ${mayBeSeen(ctx)}
        and exists (select from wanted where kind = 'need' and (may_pair or ${mayPair(ctx)}))
      for update
    ), share as (
      select w.id, w.claimer_id, w.due_at, w.grace, b.id as offer_id,
        coalesce(${quantity}::int, least(w.remaining, b.remaining)) as quantity
      from wanted w left join backing b on true
      where ${offerCode}::text is null or b.id is not null
    ), taken as (
      update posts p set remaining = p.remaining - share.quantity, updated_at = ${ctx.now}::timestamptz,
        first_claimed_at = coalesce(p.first_claimed_at, ${ctx.now}::timestamptz)
      from share where p.id = share.id and p.remaining >= share.quantity
      returning p.id, p.group_id, p.remaining, share.claimer_id, share.due_at, share.grace, share.offer_id,
        share.quantity as share
    ), lowered as (
      update posts o set remaining = o.remaining - taken.share, updated_at = ${ctx.now}::timestamptz
      from taken where o.id = taken.offer_id
    ), made as (
      insert into claims (id, post_id, person_id, offer_id, quantity, eta, due_at, lapses_at, nudge_at, ask_at, note_sealed,
        idempotency_key, request_hash, created_at, updated_at)
      select ${id}::uuid, id, claimer_id, offer_id, share, ${eta}::timestamptz, due_at, due_at + grace,
        case when due_at - ${ctx.now}::timestamptz >= 2 * ${settle(ctx)}
          then ${ctx.now}::timestamptz + (due_at - ${ctx.now}::timestamptz) / 2 end,
        greatest(due_at, ${ctx.now}::timestamptz + ${settle(ctx)}), ${note}::text, ${input.idempotencyKey}, ${fingerprint}, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
      from taken returning *
    ), told as (
      insert into events (type, group_id, post_id, claim_id, actor_id, data, at)
      select 'post.claimed', taken.group_id, taken.id, made.id, ${ctx.person.id}::uuid,
        jsonb_build_object('quantity', made.quantity, 'remaining', taken.remaining), ${ctx.now}::timestamptz
      from made join taken on taken.id = made.post_id
    ) ${note ? firstWord(ctx) : sql``}
    select c.id, c.status, c.quantity, c.delivered_quantity, c.eta, c.due_at, c.lapses_at, c.note_sealed,
      c.release_reason, c.created_at, c.updated_at, c.request_hash, c.repeated, p.id as post_id, p.code, p.kind, p.title,
      p.quantity as post_quantity, coalesce(taken.remaining, p.remaining) as remaining, p.status as post_status
    from (select made.*, false as repeated from made union all select twin.*, true from twin) c
    join posts p on p.id = c.post_id left join taken on taken.id = p.id`;
}

/** A promise with a note is a word with whoever asked. */
const firstWord = ({ db: { sql }, now }: PersonCtx): Fragment => sql`, word as (
  insert into first_words (post_id, at) select made.post_id, ${now}::timestamptz from made on conflict do nothing
)`;

const settle = ({ db: { sql } }: PersonCtx): Fragment => sql`make_interval(mins => ${SETTLE_MINUTES})`;
