import { beforeEach, describe, expect, test } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { daySheet } from "#app/claims/day-sheet.server.ts";
import { reassignClaim } from "#app/claims/reassign-claim.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { newToken } from "#app/core/ids.server.ts";
import { acceptMember } from "#app/groups/accept-member.server.ts";
import { declineMember } from "#app/groups/decline-member.server.ts";
import { joinGroup } from "#app/groups/join-group.server.ts";
import { leaveGroup } from "#app/groups/leave-group.server.ts";
import { setRole } from "#app/groups/set-role.server.ts";
import { vetMember } from "#app/groups/vet-member.server.ts";
import { vouchForPerson } from "#app/groups/vouch-for-person.server.ts";
import { acceptMatch } from "#app/matching/accept-match.server.ts";
import { takeMatch } from "#app/matching/take-match.server.ts";
import { getContact } from "#app/posts/get-contact.server.ts";
import { getManagedPost } from "#app/posts/get-post.server.ts";
import { readThreads } from "#app/relay/read-threads.server.ts";
import { shareNumber } from "#app/relay/share-number.server.ts";
import {
  aGroup,
  aMember,
  aPerson,
  aPost,
  signedInAs,
  type MadeGroup,
  type MadePerson,
  type MadePost,
} from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

/** A promise alone shows no name, no address and no note: somebody who answers for others has to know who promised. */

const ctx = testCtx();
let open: MadeGroup;
let asking: MadeGroup;
let author: MadePerson;
let need: MadePost;
let coordinator: PersonCtx;
let somebody: MadePerson;

beforeEach(async () => {
  [open, asking] = [await aGroup(ctx), await aGroup(ctx, { joining: "ask" })];
  author = await aPerson(ctx, { name: "Quilla" });
  need = await aNeed(open);
  coordinator = await signedInAs(ctx, await aMember(ctx, open.id, { role: "coordinator" }));
  somebody = await aPerson(ctx, { accepted: false });
});

const aNeed = (group: MadeGroup) =>
  aPost(ctx, {
    groupId: group.id,
    authorId: author.id,
    quantity: 9,
    address: "7 Elm Street",
    privateNote: "Ring twice",
  });
const now = (person: { id: string }) => signedInAs(ctx, person);
const promise = async (person: { id: string }, post = need) => {
  const wish = { code: post.code, quantity: 1, eta: null, note: null, offerCode: null, idempotencyKey: newToken() };
  return (await claimPost(await now(person), wish)).id;
};
const sees = async (person: { id: string }, post = need) =>
  getContact(await now(person), post.code).then(
    ({ address, privateNote }) => address === "7 Elm Street" && privateNote === "Ring twice",
    () => false,
  );

describe("whose promise shows an address", () => {
  test("nobody's who just signed in, or joined an open group by themselves", async () => {
    await promise(somebody);
    expect(await sees(somebody)).toBe(false);
    await joinGroup(await now(somebody), { slug: open.slug });
    expect(await sees(somebody)).toBe(false);
    await joinGroup(await now(somebody), { slug: asking.slug });
    expect(await sees(somebody), "asked only").toBe(false);
  });

  test("whose a coordinator checks, until the mark is taken off", async () => {
    await promise(somebody);
    await joinGroup(await now(somebody), { slug: open.slug });
    await vetMember(coordinator, { groupId: open.id, personId: somebody.id, vetted: true });
    expect(await sees(somebody)).toBe(true);
    await vetMember(coordinator, { groupId: open.id, personId: somebody.id, vetted: false });
    expect(await sees(somebody)).toBe(false);
  });

  test("whom a coordinator let in, until they are taken off; in whatever group", async () => {
    await promise(somebody);
    await joinGroup(await now(somebody), { slug: asking.slug });
    const about = { groupId: asking.id, personId: somebody.id };
    const theirs = await signedInAs(ctx, await aMember(ctx, asking.id, { role: "coordinator" }));
    await acceptMember(theirs, about);
    expect(await sees(somebody)).toBe(true);
    await declineMember(theirs, about);
    expect(await sees(somebody)).toBe(false);
    await joinGroup(await now(somebody), { slug: asking.slug });
    expect(await sees(somebody), "asks again").toBe(false);
  });

  test("who is made a coordinator, and stays known as a volunteer again; not after leaving", async () => {
    await promise(somebody);
    await joinGroup(await now(somebody), { slug: open.slug });
    const about = { groupId: open.id, personId: somebody.id };
    await setRole(coordinator, { ...about, role: "coordinator" });
    await setRole(coordinator, { ...about, role: "volunteer" });
    expect(await sees(somebody)).toBe(true);
    await leaveGroup(await now(somebody), { slug: open.slug });
    expect(await sees(somebody)).toBe(false);
  });

  test("whom the installation's keeper vouches for, in a group or in none", async () => {
    await promise(somebody);
    await vouchForPerson(ctx, { phone: somebody.phone, name: null, isAdmin: false, membership: null });
    expect(await sees(somebody)).toBe(true);
  });

  test("whom a coordinator gives the promise, for that one alone", async () => {
    const id = await promise(await aPerson(ctx));
    await joinGroup(await now(somebody), { slug: open.slug });
    await reassignClaim(coordinator, { id, personId: somebody.id });
    expect(await sees(somebody)).toBe(true);
    const another = await aNeed(open);
    await promise(somebody, another);
    expect(await sees(somebody, another)).toBe(false);
  });

  test("whose offer a coordinator brings together with it; not where the two authors did it by themselves", async () => {
    const offer = (quantity: number) =>
      aPost(ctx, { groupId: open.id, kind: "offer", quantity, authorId: somebody.id });
    const [one, two] = [await offer(3), await offer(3)];
    const managed = await getManagedPost(ctx, need.manageToken, "en");
    await takeMatch(ctx, managed!, { other: one.code, quantity: 1, key: newToken() });
    expect(await sees(somebody)).toBe(false);
    await acceptMatch(coordinator, { needCode: need.code, offerCode: two.code, quantity: 1, key: newToken() });
    expect(await sees(somebody)).toBe(true);
  });
});

describe("what goes with it", () => {
  test("the sheet of the day goes on without the address", async () => {
    await promise(somebody);
    const [line] = await daySheet(await now(somebody), "en", { contacts: true });
    expect(line).toMatchObject({ claim: { post: { code: need.code } }, contact: null });
  });

  test("the two can write to each other, but who the author is shows only to who is known", async () => {
    const [mine, theirs] = [await promise(somebody), await promise(await aPerson(ctx))];
    const [thread] = await readThreads(ctx, { personId: somebody.id, claimId: mine }, "en");
    expect(thread).toMatchObject({ open: true, other: null });
    const [row] = await ctx.db.sql<{ person_id: string }[]>`select person_id from claims where id = ${theirs}::uuid`;
    const [known] = await readThreads(ctx, { personId: row!.person_id, claimId: theirs }, "en");
    expect(known).toMatchObject({ open: true, other: "Quilla" });
  });

  test("a promise handed back closes everything at once, a shared number too", async () => {
    const helper = await aPerson(ctx);
    const id = await promise(helper);
    expect(await sees(helper)).toBe(true);
    for (const personId of [helper.id, author.id]) await shareNumber(ctx, { personId, claimId: id, code: null });
    const thread = async (personId: string) => (await readThreads(ctx, { personId, claimId: id }, "en"))[0]!;
    expect(await thread(helper.id)).toMatchObject({ number: author.phone });
    expect((await getContact(await now(helper), need.code)).phone).toBe(author.phone);
    await releaseClaim(await now(helper), { id, reason: null });
    expect(await sees(helper)).toBe(false);
    expect(await thread(helper.id)).toMatchObject({ number: null });
    expect(await thread(author.id)).toMatchObject({ number: null });
  });
});
