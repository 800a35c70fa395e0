import { expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { daySheet } from "#app/claims/day-sheet.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import { aGroup, aPost } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";
import { asking, somebody } from "./rows.ts";

const ctx = testCtx();
const { sql } = testDb();
const looks = (ids: string[]) => sql`
  select post_id from events where type = 'contact.seen' and post_id = any(${ids}::uuid[]) order by id`;

it("holds what is still to be done, with addresses only when they are asked for, each look on record", async () => {
  const group = await aGroup(ctx);
  const need = (title: string) =>
    aPost(ctx, { groupId: group.id, title, address: `${title} Street 1`, privateNote: "ring twice" });
  const [bread, milk, given, back] = [await need("Bread"), await need("Milk"), await need("Given"), await need("Back")];
  const me = await somebody(ctx);
  const claims = [];
  for (const { code } of [bread, milk, given, back]) claims.push(await claimPost(me, asking(code)));
  await deliverClaim(me, { id: claims[2]!.id, quantity: null });
  await releaseClaim(me, { id: claims[3]!.id, reason: null });
  const ids = [bread.id, milk.id, given.id, back.id];
  const plain = await daySheet(me, "en", { contacts: false });
  expect(plain.map(({ claim, contact }) => [claim.post.title, contact])).toEqual([
    ["Bread", null],
    ["Milk", null],
  ]);
  expect(await looks(ids)).toEqual([]);
  const opened = await daySheet(me, "en", { contacts: true });
  expect(opened.map(({ contact }) => contact!.address)).toEqual(["Bread Street 1", "Milk Street 1"]);
  expect(await looks(ids)).toEqual([{ post_id: bread.id }, { post_id: milk.id }]);
  expect(await daySheet(await somebody(ctx), "en", { contacts: true })).toEqual([]);
});
