import { expect, test } from "vitest";
import { sendWaves } from "#app/waves/send-waves.server.ts";
import { claimPost } from "#app/claims/claim-post.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { signInCode } from "#app/people/sign-in-code.server.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { startSignIn } from "#app/people/start-sign-in.server.ts";
import { aCategory, aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

type Told = { person: string; template: string; body: string; lane: number; state: string; notBefore: Date };

/** All texts of a group, opened. */
async function toldIn(ctx: Ctx, where: { groupId?: string; personId?: string }): Promise<Told[]> {
  const rows = await ctx.db.sql<(Told & { id: string })[]>`
    select id, person_id as person, template, body_sealed as body, lane, state, not_before as "notBefore" from outbox
    where group_id = ${where.groupId ?? null}::uuid or person_id = ${where.personId ?? null}::uuid order by created_at, id`;
  return rows.map(({ id, ...row }) => ({
    ...row,
    body: ctx.seal.open(row.body, { table: "outbox", column: "body_sealed", row: id }),
  }));
}

/** What a worker does after something happened: the event is told, the next people are asked, and told. */
async function work(ctx: Ctx): Promise<void> {
  await fanOut(ctx);
  await sendWaves(ctx);
  await fanOut(ctx);
}

async function neighbourhood() {
  const ctx = testCtx();
  const group = await aGroup(ctx, { name: "Kitchen", translations: { es: { name: "Cocina" } } });
  const category = await aCategory(ctx, group.id);
  const volunteer = await aMember(ctx, group.id);
  const hearing = await aMember(ctx, group.id, { alerts: false, hearsClaims: true, locale: "es" });
  const coordinator = await aMember(ctx, group.id, { role: "coordinator", alerts: false });
  const quiet = await aMember(ctx, group.id, { alerts: false });
  const author = await aPerson(ctx);
  return { ctx, group, category, volunteer, hearing, coordinator, quiet, author };
}

test("a new need: the author gets a receipt with their private link, volunteers with alerts on a text, once", async () => {
  const { ctx, group, category, volunteer, author } = await neighbourhood();
  const post = await aPost(ctx, { groupId: group.id, categoryId: category.id, authorId: author.id, quantity: 40 });
  await work(ctx);
  const told = await toldIn(ctx, { groupId: group.id });
  expect(told.map(({ person, template }) => [person, template])).toEqual(
    expect.arrayContaining([
      [author.id, "receipt_need"],
      [volunteer.id, "new_need"],
    ]),
  );
  expect(told).toHaveLength(2);
  const receipt = told.find(({ template }) => template === "receipt_need")!;
  expect(receipt.body).toContain(`/m/${post.manageToken}`);
  expect(receipt.body).toMatch(/^Kitchen: .*40 meals.*STOP/);
  const alert = told.find(({ template }) => template === "new_need")!;
  expect(alert.body).toContain(`CLAIM ${post.code}`);
  expect(alert.body).not.toContain("/m/");

  await ctx.db.sql`update events set fanned_out_at = null where post_id = ${post.id}::uuid`;
  await Promise.all([fanOut(ctx), fanOut(ctx)]);
  expect(await toldIn(ctx, { groupId: group.id })).toHaveLength(2);
});

test("a claim: the requester learns who, how many and when; those who hear of claims no name", async () => {
  const { ctx, group, category, hearing, author } = await neighbourhood();
  const post = await aPost(ctx, { groupId: group.id, categoryId: category.id, authorId: author.id, quantity: 40 });
  const giver = await aPerson(ctx, { name: "Rosa" });
  const eta = new Date("2030-01-07T23:00:00Z");
  await claimPost(await signedInAs(ctx, giver), {
    code: post.code,
    quantity: 12,
    eta,
    note: null,
    offerCode: null,
    idempotencyKey: "k",
  });
  await fanOut(ctx);
  const told = await toldIn(ctx, { groupId: group.id });
  const toAuthor = told.find(({ template }) => template === "claimed")!;
  expect(toAuthor.person).toBe(author.id);
  expect(toAuthor.body).toContain("Rosa will bring 12 meals");
  expect(toAuthor.body).toContain("Mon 6:00 PM");
  expect(toAuthor.body).toContain("28 more");
  const toGroup = told.find(({ template }) => template === "group_claimed")!;
  expect(toGroup.person).toBe(hearing.id);
  expect(toGroup.body).toMatch(/^Cocina: 12 /);
  expect(toGroup.body).not.toContain("Rosa");
  expect(told.some(({ person }) => person === giver.id)).toBe(false);
});

test("a post for the team alerts its coordinators only", async () => {
  const { ctx, group, volunteer } = await neighbourhood();
  const lead = await aMember(ctx, group.id, { role: "coordinator" });
  await aPost(ctx, { groupId: group.id, visibility: "team" });
  await work(ctx);
  const alerted = (await toldIn(ctx, { groupId: group.id })).filter(({ template }) => template === "new_need");
  expect(alerted.map(({ person }) => person)).toEqual([lead.id]);
  expect(alerted.some(({ person }) => person === volunteer.id)).toBe(false);
});

test("nobody is texted who said STOP; who sleeps is not asked but gets a receipt; a monthly cap ends alerts", async () => {
  const ctx = testCtx({ now: new Date("2030-01-08T03:00:00Z") });
  const group = await aGroup(ctx);
  const silent = await aMember(ctx, group.id);
  const asleep = await aMember(ctx, group.id, { timeZone: "America/New_York", quietFrom: 21, quietTo: 8 });
  const capped = await aMember(ctx, group.id, { monthlyCap: 1 });
  await recordConsent(ctx, { phoneLookup: silent.phoneLookup, action: "out", source: "keyword" });
  const author = await aPerson(ctx, { timeZone: "America/New_York", quietFrom: 21, quietTo: 8 });
  for (let n = 0; n < 2; n += 1) await aPost(ctx, { groupId: group.id, authorId: author.id });
  await work(ctx);
  const told = await toldIn(ctx, { groupId: group.id });
  const to = (id: string) => told.filter(({ person }) => person === id);
  expect(to(silent.id)).toEqual([]);
  expect(to(asleep.id)).toEqual([]);
  expect(to(author.id)[0]!.notBefore).toEqual(ctx.now);
  expect(to(capped.id)).toHaveLength(1);
});

test("a sign-in code goes out first and ends in the line browsers read", async () => {
  const ctx = testCtx();
  const person = await aPerson(ctx);
  const { challengeId } = await startSignIn(ctx, { phone: person.phone });
  await fanOut(ctx);
  const [text] = await toldIn(ctx, { personId: person.id });
  const code = signInCode(ctx.seal, challengeId);
  expect(text).toMatchObject({ template: "sign_in_code", lane: 0 });
  expect(text!.body.split("\n").at(-1)).toBe(`@localhost:3000 #${code}`);
});
