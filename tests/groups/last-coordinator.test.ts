import { expect, test } from "vitest";
import { setRole } from "#app/groups/set-role.server.ts";
import { aGroup, aMember, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();

test("two who end each other's role at the same moment leave one coordinator", async () => {
  for (let round = 0; round < 20; round++) {
    const group = await aGroup(ctx);
    const boss = () => aMember(ctx, group.id, { role: "coordinator" });
    const [one, two] = [await signedInAs(ctx, await boss()), await signedInAs(ctx, await boss())];
    const end = (by: typeof one, of: typeof one) =>
      setRole(by, { groupId: group.id, personId: of.person.id, role: "volunteer" });
    await Promise.allSettled([end(one, two), end(two, one)]);
    const left = await ctx.db.sql`
      select from memberships where group_id = ${group.id}::uuid and role = 'coordinator' and state = 'active'`;
    expect(left).toHaveLength(1);
  }
});
