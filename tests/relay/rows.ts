import { claimPost } from "#app/claims/claim-post.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { newId, newToken } from "#app/core/ids.server.ts";
import { relayText } from "#app/relay/relay-text.server.ts";
import { aPerson, type MadePerson, signedInAs } from "#tests/factories.ts";
import { asking, posted, type Posted } from "../claims/rows.ts";

export type Talk = { post: Posted; claimId: string; author: MadePerson; claimer: MadePerson };

type Given = { author?: MadePerson; claimer?: MadePerson; post?: Posted; kind?: "need" | "offer"; title?: string };

/** A promise on a post; both sides have names and numbers. */
export async function aTalk(ctx: Ctx, given: Given = {}): Promise<Talk> {
  const author = given.author ?? (await aPerson(ctx, { name: "Ana" }));
  const claimer = given.claimer ?? (await aPerson(ctx, { name: "Maria" }));
  const more = { ...(given.kind ? { kind: given.kind } : {}), ...(given.title ? { title: given.title } : {}) };
  const post = given.post ?? (await posted(ctx, { authorId: author.id, ...more }));
  // Written signed in: the name on their own row is theirs to be called by.
  await ctx.db.sql`
    insert into events (type, group_id, post_id, actor_id, data, at, fanned_out_at)
    values ('post.published', ${post.groupId}::uuid, ${post.id}::uuid, ${author.id}::uuid, '{"quantity":20}', now(), now())`;
  const { id } = await claimPost(await signedInAs(ctx, claimer), asking(post.code));
  return { post, claimId: id, author, claimer };
}

/** Says something by text, with a key nobody else has. */
export const say = (ctx: Ctx, personId: string, words: string, given: Partial<Parameters<typeof relayText>[1]> = {}) =>
  relayText(ctx, { personId, code: null, toNumber: null, words, sayKey: newToken(), ...given });

export type Owed = { body: string; state: string; template: string; sender: string | null; lane: number; key: string };

/** The texts we owe a person, oldest first. */
export async function textsOf(ctx: Ctx, personId: string): Promise<Owed[]> {
  const rows = await ctx.db.sql<(Owed & { id: string; sealed: string })[]>`
    select o.id, o.body_sealed as sealed, o.state, o.template, o.lane, s.address as sender, o.dedupe_key as key
    from outbox o left join senders s on s.id = o.sender_id where o.person_id = ${personId}::uuid
    order by o.created_at, o.id`;
  return rows.map(({ id, sealed, ...row }) => ({
    ...row,
    body: ctx.seal.open(sealed, { table: "outbox", column: "body_sealed", row: id }),
  }));
}

export const bodiesOf = async (ctx: Ctx, personId: string) => (await textsOf(ctx, personId)).map(({ body }) => body);

/** A number of ours that texts leave by. */
export async function aSender(ctx: Ctx, address: string): Promise<string> {
  const id = newId(ctx.now);
  await ctx.db.sql`
    insert into senders (id, address, rate, burst, time_zone, tokens, refilled_at, created_at)
    values (${id}::uuid, ${address}, 1, 1, 'America/New_York', 1, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz)`;
  return id;
}

/** The same context, a millisecond later each time it is asked, so that what happens has an order. */
export function ticking(ctx: Ctx): Ctx {
  let ticks = 0;
  const from = ctx.now.getTime();
  return Object.defineProperty({ ...ctx }, "now", { enumerable: true, get: () => new Date(from + ticks++) });
}
