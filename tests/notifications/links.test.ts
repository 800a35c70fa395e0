import { beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import type { EventData, EventType } from "#app/events/event.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";
import { posted, type Posted } from "#tests/claims/rows.ts";
import { aGroup, aMember, aPerson, type MadePerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

/** What is in the text that somebody gets because of an event: where it leads, how often it comes, and when. */

const ctx = testCtx({ now: new Date("2026-03-04T17:00:00Z") });
const { sql } = ctx.db;
let [group, post, author, lead, volunteer]: [{ id: string }, Posted, MadePerson, MadePerson, MadePerson] = [] as never;

beforeEach(async () => {
  await sql`update events set fanned_out_at = now() where fanned_out_at is null`;
  group = await aGroup(ctx);
  author = await aPerson(ctx);
  lead = await aMember(ctx, group.id, { role: "coordinator" });
  volunteer = await aMember(ctx, group.id, { hearsClaims: true });
  post = await posted(ctx, { groupId: group.id, authorId: author.id });
});

type About = { post?: Posted | null; claimId?: string | null; actorId?: string | null; at?: Ctx };
async function happened<T extends EventType>(type: T, data: EventData[T], about: About = {}): Promise<void> {
  const { at = ctx } = about;
  const postId = about.post === null ? null : (about.post ?? post).id;
  await sql`
    insert into events (type, group_id, post_id, claim_id, actor_id, data, at)
    values (${type}, ${group.id}::uuid, ${postId}::uuid, ${about.claimId ?? null}::uuid, ${about.actorId ?? null}::uuid,
      ${sql.json(data as never)}, ${at.now}::timestamptz)`;
  await fanOut(at);
}
const textsTo = async ({ id }: { id: string }) => {
  const rows = await sql<
    { id: string; template: string; body: string; notBefore: Date; expiresAt: Date; key: string }[]
  >`
    select id, template, body_sealed as body, not_before as "notBefore", expires_at as "expiresAt", dedupe_key as key
    from outbox where person_id = ${id}::uuid order by event_id, id`;
  return rows.map((row) => ({
    ...row,
    body: ctx.seal.open(row.body, { table: "outbox", column: "body_sealed", row: row.id }),
  }));
};
const linkTo = async (person: { id: string }) => /https?:\S+/.exec((await textsTo(person)).at(-1)!.body)?.[0];

describe("the link in a text", () => {
  test("leads a coordinator to where there is something to do", async () => {
    await happened("group.join_asked", { personId: author.id }, { post: null });
    expect(await linkTo(lead)).toBe("http://localhost:3000/coordinate/people");
    await happened("relay.reported", {});
    expect(await linkTo(lead)).toBe("http://localhost:3000/coordinate/messages");
    await happened("broadcast.waiting", {}, { post: null });
    expect(await linkTo(lead)).toBe("http://localhost:3000/coordinate/broadcasts");
    await sql`update posts set status = 'in_review' where id = ${post.id}::uuid`;
    await happened("post.published", { quantity: 1 });
    expect(await linkTo(lead)).toBe("http://localhost:3000/coordinate/posts");
    await happened("claim.unconfirmed", {});
    expect(await linkTo(lead)).toBe(`http://localhost:3000/p/${post.code}`);
  });

  test("is private for the author", async () => {
    await happened("post.reopened", { remaining: 1 });
    expect(await linkTo(author)).toBe(`http://localhost:3000/m/${manageToken(ctx.seal, post.id)}`);
  });

  test("leads who was let in to the board, and whose number was changed to where they can take it back", async () => {
    await happened("group.joined", { personId: author.id }, { post: null, actorId: lead.id });
    expect(await linkTo(author)).toBe("http://localhost:3000/board");
    await happened("person.number_changed", { personId: author.id }, { post: null });
    expect((await textsTo(author)).at(-1)!.body).toContain("localhost:3000/me/number");
  });
});

describe("the same telling", () => {
  test("comes once for each event and person, however often the event is told", async () => {
    await happened("post.reopened", { remaining: 1 });
    await sql`update events set fanned_out_at = null where post_id = ${post.id}::uuid`;
    expect(await fanOut(ctx)).toBeGreaterThan(0);
    expect(await textsTo(author)).toHaveLength(1);
    await happened("post.reopened", { remaining: 1 });
    expect(await textsTo(author)).toHaveLength(2);
  });

  test("is a group's greeting, once for who comes back by themselves, each time for who is let in", async () => {
    await sql`update groups set welcome = 'Welcome to the kitchen!' where id = ${group.id}::uuid`;
    const joins = (actorId: string) => happened("group.joined", { personId: author.id }, { post: null, actorId });
    await joins(author.id);
    await joins(author.id);
    expect(await textsTo(author)).toMatchObject([{ template: "welcome", key: `welcome:${group.id}:${author.id}` }]);
    await joins(lead.id);
    expect(await textsTo(author)).toHaveLength(2);
  });

  test("stops where somebody has had as many alerts in a month as they want; notices go on", async () => {
    await sql`update people set monthly_cap = 2 where id = ${lead.id}::uuid`;
    for (let n = 0; n < 4; n++) await happened("claim.unconfirmed", {});
    expect(await textsTo(lead)).toHaveLength(2);
    await happened("post.offered_next", { personId: lead.id });
    expect((await textsTo(lead)).at(-1)).toMatchObject({ template: "offered_next" });
    const april = { ...ctx, now: new Date("2026-04-01T00:00:00Z") };
    await happened("claim.unconfirmed", {}, { at: april });
    expect(await textsTo(lead)).toHaveLength(4);
  });

  test("counts the alerts of one round, too", async () => {
    await sql`update people set monthly_cap = 2 where id = ${lead.id}::uuid`;
    await sql`insert into events (type, group_id, post_id, at)
      select 'claim.unconfirmed', ${group.id}::uuid, ${post.id}::uuid, now() from generate_series(1, 5)`;
    expect(await fanOut(ctx)).toBe(5);
    expect(await textsTo(lead)).toHaveLength(2);
  });
});

describe("the first text to somebody", () => {
  const STOP = /reply stop/i;
  test("says how to stop, the next ones do not; a code is none", async () => {
    const challengeId = crypto.randomUUID();
    await happened("sign_in.asked", { challengeId }, { post: null, actorId: author.id });
    await happened("post.reopened", { remaining: 1 });
    await happened("post.split", { code: post.code, quantity: 1 });
    expect((await textsTo(author)).map(({ body }) => STOP.test(body))).toEqual([false, true, false]);
  });

  test("is one, also where several are written together", async () => {
    await sql`insert into events (type, group_id, post_id, actor_id, data, at)
      select type, ${group.id}::uuid, ${post.id}::uuid, ${author.id}::uuid, ${sql.json({ challengeId: crypto.randomUUID(), remaining: 1 })}, now()
      from unnest('{sign_in.asked,post.published,post.published}'::text[]) as type`;
    await fanOut(ctx);
    const said = (await textsTo(author)).map(({ template, body }) => `${template} ${STOP.test(body)}`);
    expect(said.toSorted()).toEqual(["receipt_need false", "receipt_need true", "sign_in_code false"]);
  });
});

describe("at night", () => {
  const night = { ...ctx, now: new Date("2026-03-05T04:00:00Z") };
  const MORNING = new Date("2026-03-05T13:00:00Z");
  const asleep = (person: { id: string }, more = {}) =>
    sql`update people set ${sql({ quiet_from: 22, quiet_to: 8, ...more })} where id = ${person.id}::uuid`;
  const waitsUntil = async (person: { id: string }) => (await textsTo(person)).at(-1)!.notBefore;
  async function wave(to: MadePerson): Promise<void> {
    await sql`insert into asks (post_id, person_id, wave, asked_at) values (${post.id}::uuid, ${to.id}::uuid, 1, now())`;
    await happened("need.wave", { wave: 1 }, { at: night });
  }

  test("a notice one did not just ask for waits, and is good for its time from then", async () => {
    await asleep(author);
    await happened("post.reopened", { remaining: 1 }, { at: night });
    const [text] = await textsTo(author);
    expect(text).toMatchObject({ notBefore: MORNING, expiresAt: new Date("2026-03-06T13:00:00Z") });
  });

  test("it comes at once to who writes to us just now, or is awake, or where nobody is woken", async () => {
    await happened("post.reopened", { remaining: 1 }, { at: night });
    expect(await waitsUntil(author)).toEqual(night.now);
    await asleep(author);
    await happened("post.reopened", { remaining: 1 }, { at: { ...night, wakesNobody: true } });
    expect(await waitsUntil(author)).toEqual(night.now);
    await sql`insert into text_threads (phone_lookup, phone_sealed, last_heard_at, updated_at)
      values (${author.phoneLookup}, 'x', ${night.now}::timestamptz, now())`;
    await happened("post.reopened", { remaining: 1 }, { at: night });
    expect(await waitsUntil(author)).toEqual(night.now);
  });

  test("an urgent need wakes who said so; one that is not urgent, or somebody else, waits", async () => {
    await asleep(volunteer, { urgent_at_night: true });
    await wave(volunteer);
    expect(await waitsUntil(volunteer)).toEqual(MORNING);
    post = await posted(ctx, { groupId: group.id, authorId: author.id, urgency: "urgent" });
    await wave(volunteer);
    expect(await waitsUntil(volunteer)).toEqual(night.now);
    await asleep(lead);
    await wave(lead);
    expect(await waitsUntil(lead)).toEqual(MORNING);
  });
});
