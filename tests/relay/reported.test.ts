import { expect, it } from "vitest";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { closeRelays } from "#app/relay/close-relays.server.ts";
import { blockRelay } from "#app/relay/block-relay.server.ts";
import { listReportedRelays, readReportedRelay } from "#app/relay/reported-relays.server.ts";
import { reportRelay } from "#app/relay/report-relay.server.ts";
import { aGroup, aMember, aPerson, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { eventsOf, posted } from "../claims/rows.ts";
import { aTalk, bodiesOf, say, ticking } from "./rows.ts";

const ctx = ticking(testCtx());

it("a report ends it, tells the coordinators, and opens the words to them alone, each look written down", async () => {
  const group = await aGroup(ctx);
  const coordinator = await aMember(ctx, group.id, { role: "coordinator" });
  const elsewhere = await aMember(ctx, (await aGroup(ctx)).id, { role: "coordinator" });
  const volunteer = await aMember(ctx, group.id);
  const author = await aPerson(ctx, { name: "Ana" });
  const post = await posted(ctx, { groupId: group.id, authorId: author.id });
  const { claimId, claimer } = await aTalk(ctx, { author, post });
  await say(ctx, claimer.id, "give me your number 555 010 0142");
  const as = await signedInAs(ctx, coordinator);
  expect(await listReportedRelays(as)).toEqual([]);
  const [row] = await ctx.db.sql<{ id: string }[]>`select id from relays where claim_id = ${claimId}::uuid`;
  const relayId = row!.id;
  await expect(readReportedRelay(as, relayId)).rejects.toMatchObject({ kind: "not-found" });

  const both = await Promise.all([1, 2].map(() => reportRelay(ctx, { personId: author.id, code: post.code })));
  expect(both).toEqual([1, 2].map(() => ({ kind: "sent", waits: false })));
  expect(await say(ctx, claimer.id, "hello?")).toEqual({ kind: "closed" });
  expect((await bodiesOf(ctx, claimer.id)).filter((body) => body.includes("has ended"))).toHaveLength(1);
  await fanOut(ctx);
  expect((await bodiesOf(ctx, coordinator.id)).filter((body) => body.includes("reported a message"))).toHaveLength(1);
  const reports = (await eventsOf(ctx, post.id)).filter(({ type }) => type === "relay.reported");
  expect(reports).toMatchObject([{ claim_id: claimId, actor_id: author.id, data: {} }]);

  expect(await listReportedRelays(as)).toMatchObject([{ id: relayId, code: post.code, by: "author", readAt: null }]);
  const read = await readReportedRelay(as, relayId);
  expect(read).toMatchObject({
    sides: { author: "Ana", claimer: "Maria" },
    said: [{ side: "claimer", words: "give me your number 555 010 0142" }],
  });
  expect((await listReportedRelays(as))[0]!.readAt).toBeInstanceOf(Date);
  expect((await eventsOf(ctx, post.id)).at(-1)).toMatchObject({ type: "relay.read", actor_id: coordinator.id });
  for (const stranger of [elsewhere, volunteer, claimer, author]) {
    const other = await signedInAs(ctx, stranger);
    expect(await listReportedRelays(other)).toEqual([]);
    await expect(readReportedRelay(other, relayId)).rejects.toMatchObject({ kind: "not-found" });
  }
});

it("who runs the group does not read what is reported about themselves, nor is texted about it", async () => {
  const group = await aGroup(ctx);
  const claimer = await aMember(ctx, group.id, { role: "coordinator", name: "Rex" });
  const post = await posted(ctx, { groupId: group.id });
  const { author } = await aTalk(ctx, { claimer, post, author: await authorOf(post.authorId) });
  await say(ctx, claimer.id, "rude");
  await reportRelay(ctx, { personId: author.id, code: null });
  await fanOut(ctx);
  expect((await bodiesOf(ctx, claimer.id)).filter((body) => body.includes("reported"))).toEqual([]);
  expect(await listReportedRelays(await signedInAs(ctx, claimer))).toEqual([]);
  const admin = await signedInAs(ctx, await aPerson(ctx, { isAdmin: true }));
  expect((await listReportedRelays(admin)).map(({ code }) => code)).toContain(post.code);
});

it("what has ended can still be reported, by either side", async () => {
  const { post, claimer, author } = await aTalk(ctx);
  await say(ctx, claimer.id, "rude");
  await blockRelay(ctx, { personId: claimer.id, code: null });
  await closeRelays(ctx);
  expect(await reportRelay(ctx, { personId: author.id, code: post.code })).toMatchObject({ kind: "sent" });
  expect((await eventsOf(ctx, post.id)).filter(({ type }) => type === "relay.reported")).toHaveLength(1);
  const quiet = await aTalk(ctx);
  expect(await reportRelay(ctx, { personId: quiet.author.id, code: quiet.post.code })).toEqual({ kind: "none" });
});

const authorOf = async (id: string) => ({ ...(await aPerson(ctx)), id });
