import { expect, test } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { SEALED_COLUMNS } from "#app/core/sealing/sealed-columns.ts";
import { archiveKeys } from "#app/core/sealing/archive-keys.server.ts";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { erasePerson } from "#app/mine/erase-person.server.ts";
import { erasePost } from "#app/mine/erase-post.server.ts";
import { myData } from "#app/mine/my-data.server.ts";
import { postData } from "#app/mine/post-data.server.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { getContact } from "#app/posts/get-contact.server.ts";
import { reopenPosts } from "#app/posts/reopen-post.server.ts";
import { startSignIn } from "#app/people/start-sign-in.server.ts";
import { asking, postRow } from "#tests/claims/rows.ts";
import { aGroup, aMember, aPerson, aPhone, aPost, signedInAs, type MadePerson } from "#tests/factories.ts";
import { aCall, aHeardText, aSaidText, aThread } from "#tests/messages/rows.ts";
import { aTalk, say } from "#tests/relay/rows.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = ctx.db;

/** All there is of somebody, opened: where it is asked for afterwards, nothing may be left. */
async function everySealedWord(of: Ctx): Promise<string> {
  const words: string[] = [];
  for (const { table, column, row } of SEALED_COLUMNS) {
    const rows = await of.db.sql<{ row: string; value: string }[]>`
      select ${sql.unsafe(row)} as row, ${sql(column)} as value from ${sql(table)} where ${sql(column)} is not null`;
    for (const each of rows) words.push(of.seal.open(each.value, { table, column, row: each.row }));
  }
  return words.join("\n");
}

async function aLife(): Promise<{
  me: PersonCtx;
  person: MadePerson;
  need: { id: string; code: string; token: string };
  other: string;
}> {
  const group = await aGroup(ctx);
  const person = await aMember(ctx, group.id, { name: "Quillonbert" });
  const me = await signedInAs(ctx, person);
  const need = await aPost(me, {
    groupId: group.id,
    authorId: person.id,
    title: "Soup for zebra mews",
    address: "4711 Cormorant Road",
    privateNote: "Pelican 99017",
    contact: { name: "Quillonbert", phone: person.phone, email: null },
  });
  const theirs = await aPost(ctx, { groupId: group.id });
  await claimPost(me, asking(theirs.code, { quantity: 1, note: "Wombat van" }));
  const thread = await aThread(ctx, { phone: person.phone });
  await aHeardText(ctx, thread, "Heron marmalade");
  await aSaidText(ctx, person.id, "Bittern at six");
  await aCall(ctx, thread, { transcript: "Snipe, ring me" });
  await sql`update memberships set note_sealed = ${ctx.seal.seal("Teal is kind", { table: "memberships", column: "note_sealed", row: `${person.id} ${group.id}` })}
    where person_id = ${person.id}::uuid`;
  const helper = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  await getContact(helper, need.code);
  await recordConsent(ctx, { phoneLookup: person.phoneLookup, action: "out", source: "keyword" });
  return { me, person, need: { ...need, token: need.manageToken }, other: theirs.id };
}

const CANARIES = ["Quillonbert", "Cormorant", "Pelican", "Wombat", "Heron", "Bittern", "Snipe", "Teal"];

test("everything about me is in one file, with who looked at it", async () => {
  const { me, person, need } = await aLife();
  const data = await myData(me);
  const told = JSON.stringify(data);
  for (const word of [...CANARIES, person.phone]) expect(told).toContain(word);
  expect(told).not.toContain("_sealed");
  expect(data.looked_at_by).toEqual([expect.objectContaining({ code: need.code, as: "coordinator" })]);
  expect(data.stop_ledger).toEqual([expect.objectContaining({ action: "out" })]);
  expect(JSON.stringify(await postData(ctx, need.token))).toContain("Pelican");
});

test("deleting everything leaves nothing of me, tells those who relied on me, and keeps the counts", async () => {
  for (const { table } of SEALED_COLUMNS) await sql`truncate ${sql(table)} cascade`;
  const { me, person, need, other } = await aLife();
  await fanOut(ctx);
  await archiveKeys(ctx, [`person:${person.id}`, `post:${need.id}`, `person:${person.id} 2026-11-23`]);
  await sql`delete from sessions`;
  const counts = async () =>
    (
      await sql`select (select count(*) from posts) p, (select count(*) from claims) c, (select count(*) from people) a`
    )[0];
  const before = await counts();
  await erasePerson(me);
  await erasePerson(me);

  const words = await everySealedWord(ctx);
  for (const word of [...CANARIES, person.phone]) expect(words).not.toContain(word);
  const rows = JSON.stringify([
    await sql`select * from posts where author_id = ${person.id}::uuid`,
    await sql`select * from people where id = ${person.id}::uuid`,
    await sql`select * from memberships where person_id = ${person.id}::uuid`,
  ]);
  expect(rows).not.toContain("zebra");
  expect(rows).not.toContain(person.phoneLookup);
  expect(await sql`select from archive_keys where key_sealed is not null`).toHaveLength(0);
  expect(await counts()).toEqual(before);
  expect(await postRow(ctx, other)).toMatchObject({ status: "open" });
  const [claim] = await sql`select status from claims where person_id = ${person.id}::uuid`;
  expect(claim).toEqual({ status: "released" });
  const events = await sql<{ type: string }[]>`select type from events where actor_id = ${person.id}::uuid`;
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["claim.released", "post.closed", "person.erased"]),
  );
  await fanOut(ctx);

  await startSignIn(ctx, { phone: person.phone });
  const [anew] = await sql<{ id: string }[]>`select id from people where phone_lookup = ${person.phoneLookup}`;
  expect(anew!.id).not.toBe(person.id);
  const [ledger] =
    await sql`select action from consent_events where phone_lookup = ${person.phoneLookup} order by id desc limit 1`;
  expect(ledger).toEqual({ action: "out" });
});

test("what was met for now does not come back once its author is gone", async () => {
  const { me, need } = await aLife();
  await closePost(me, { code: need.code, reason: "met_for_now", reopenInDays: 1 });
  await erasePerson(me);
  await reopenPosts({ ...ctx, now: new Date(Date.now() + 3 * 86_400_000) });
  expect(await postRow(ctx, need.id)).toMatchObject({ status: "closed" });
});

test("what both sides of a promise wrote goes with either of them", async () => {
  const { claimId, claimer } = await aTalk(ctx);
  await say(ctx, claimer.id, "Curlew by the gate");
  await erasePerson(await signedInAs(ctx, claimer));
  const [left] =
    await sql`select count(*)::int as n from relay_texts t join relays r on r.id = t.relay_id where r.claim_id = ${claimId}::uuid`;
  expect(left).toEqual({ n: 0 });
});

test("by its private link a post goes, and whoever has nothing else here with it", async () => {
  const group = await aGroup(ctx);
  const contact = { name: "Ana Avocet", phone: aPhone(), email: null };
  const post = await aPost(ctx, { groupId: group.id, address: "7 Avocet Lane", contact });
  await erasePost(ctx, { token: post.manageToken });
  expect(await everySealedWord(ctx)).not.toContain("Avocet");
  const [author] =
    await sql`select phone_lookup from people where id = (select author_id from posts where id = ${post.id}::uuid)`;
  expect(author).toEqual({ phone_lookup: null });
  await expect(erasePost(ctx, { token: "nothing" })).rejects.toMatchObject({ kind: "not-found" });

  const known = await aPerson(ctx, { name: "Bo Dunlin" });
  const one = await aPost(ctx, {
    groupId: group.id,
    authorId: known.id,
    contact: { name: "Bo Dunlin", phone: known.phone, email: null },
  });
  await aPost(ctx, { groupId: group.id, authorId: known.id });
  await erasePost(ctx, { token: one.manageToken });
  const [kept] = await sql`select phone_lookup from people where id = ${known.id}::uuid`;
  expect(kept).toEqual({ phone_lookup: known.phoneLookup });
});
