import { expect, test } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { forgetKeysBefore } from "#app/core/sealing/archive-keys.server.ts";
import { allAbout } from "#app/mine/all-about.server.ts";
import { erasePerson } from "#app/mine/erase-person.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { purge } from "#app/retention/purge.server.ts";
import { asking } from "#tests/claims/rows.ts";
import { aGroup, aMember, aPerson, aPhone, aPost, signedInAs } from "#tests/factories.ts";
import { aCall, aHeardText, aSaidText, aThread } from "#tests/messages/rows.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const DAY = 86_400_000;
const CONTACT = /Quillonbert|Cormorant|Pelican|Wombat|Heron|Bittern|Snipe/;
const inTables = (found: { table: string }[]) => found.map(({ table }) => table);

test("a number yields its person, posts, promises, texts and calls, opened, and nobody else's", async () => {
  const group = await aGroup(ctx);
  const person = await aMember(ctx, group.id, { name: "Quillonbert" });
  const me = await signedInAs(ctx, person);
  const mine = await aPost(me, {
    groupId: group.id,
    authorId: person.id,
    address: "4711 Cormorant Road",
    privateNote: "Pelican",
    contact: { name: "Quillonbert", phone: person.phone, email: null },
  });
  const helper = await signedInAs(ctx, await aMember(ctx, group.id));
  await claimPost(helper, asking(mine.code, { quantity: 1, note: "Kestrel at the door" }));
  const theirs = await aPost(ctx, { groupId: group.id, address: "1 Dodo Street" });
  await claimPost(me, asking(theirs.code, { quantity: 1, note: "Wombat van" }));
  const thread = await aThread(ctx, { phone: person.phone });
  await aHeardText(ctx, thread, "Heron marmalade");
  await aSaidText(ctx, person.id, "Bittern at six");
  await aCall(ctx, thread, { transcript: "Snipe, ring me" });

  const found = await allAbout(ctx, person.phone);
  const all = JSON.stringify(found);
  for (const word of [
    "Quillonbert",
    "Cormorant",
    "Pelican",
    "Wombat",
    "Heron",
    "Bittern",
    "Snipe",
    "Kestrel",
    person.phone,
  ]) {
    expect(all).toContain(word);
  }
  expect(all).not.toMatch(/Dodo|"v1\./);
  expect(inTables(found)).toEqual(
    expect.arrayContaining(["people", "posts", "claims", "events", "memberships", "outbox", "inbound_texts"]),
  );
});

test("whoever deletes everything leaves their STOP, and no word of theirs", async () => {
  const group = await aGroup(ctx);
  const person = await aMember(ctx, group.id, { name: "Quillonbert" });
  const me = await signedInAs(ctx, person);
  await aPost(me, { groupId: group.id, authorId: person.id, address: "4711 Cormorant Road" });
  await recordConsent(ctx, { phoneLookup: person.phoneLookup, action: "out", source: "keyword" });
  expect(JSON.stringify(await allAbout(ctx, person.phone))).toMatch(CONTACT);

  await erasePerson(me);
  const found = await allAbout(ctx, person.phone);
  // For two days it is kept in mind whose keys went, for backups that were just being made.
  expect(inTables(found)).toEqual(["archive_keys", "consent_events"]);
  expect(JSON.stringify(found)).not.toMatch(CONTACT);
  await forgetKeysBefore({ ...ctx, now: new Date(ctx.now.getTime() + 3 * DAY) }, "2000-01-01");
  expect(inTables(await allAbout(ctx, person.phone))).toEqual(["consent_events"]);
});

test("once what they asked for is long over, a number yields nothing", async () => {
  const group = await aGroup(ctx);
  const person = await aPerson(ctx, { name: "Quillonbert" });
  const me = await signedInAs(ctx, person);
  const { code } = await aPost(me, { groupId: group.id, authorId: person.id, address: "4711 Cormorant Road" });
  await closePost(me, { code, reason: "withdrawn" });
  await ctx.db.sql`delete from sessions where person_id = ${person.id}::uuid`;
  const later = { ...ctx, now: new Date(ctx.now.getTime() + 60 * DAY) };
  expect(JSON.stringify(await allAbout(ctx, person.phone))).toMatch(CONTACT);
  while ((await purge(later)).more);
  expect(await allAbout(ctx, person.phone)).toEqual([]);
});

test("a number that somebody else wrote down is found, however they wrote it, in clear and in sealed words", async () => {
  const group = await aGroup(ctx);
  const phone = aPhone();
  const written = `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`;
  expect(await allAbout(ctx, phone)).toEqual([]);
  await aPost(ctx, { groupId: group.id, privateNote: `Ring my sister: ${written}` });
  await aPost(ctx, { groupId: group.id, details: `Or text ${written}.` });
  const found = await allAbout(ctx, phone);
  expect(inTables(found)).toEqual(["posts"]);
  expect(found[0]!.rows).toHaveLength(2);
});
