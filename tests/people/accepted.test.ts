import { beforeAll, describe, expect, test } from "vitest";
import { isAccepted } from "#app/people/accepted.server.ts";
import { aGroup, aMember, aPerson } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();
let groups: { id: string }[];

beforeAll(async () => {
  groups = [await aGroup(ctx), await aGroup(ctx)];
  // Others who are accepted prove nothing about anybody.
  await aPerson(ctx, { isAdmin: true, accepted: true });
  await aMember(ctx, groups[0]!.id, { role: "coordinator" });
});

const asks = async (personId: string): Promise<boolean> => {
  const [row] = await sql<{ is: boolean }[]>`select ${isAccepted(ctx, sql`${personId}::uuid`)} as is`;
  return row!.is;
};

describe("somebody is accepted", () => {
  test.each([
    ["when an admin", { isAdmin: true, accepted: false }, true],
    ["when vouched for", { isAdmin: false, accepted: true }, true],
    ["not without either", { isAdmin: false, accepted: false }, false],
  ])("%s", async (_when, given, expected) => {
    expect(await asks((await aPerson(ctx, given)).id)).toBe(expected);
  });

  test.each([
    ["coordinator", "active", false, true],
    ["coordinator", "left", false, false],
    ["coordinator", "asked", false, false],
    ["volunteer", "active", true, true],
    ["volunteer", "left", true, false],
    ["volunteer", "asked", true, false],
    ["volunteer", "active", false, false],
  ] as const)("as a %s, %s, checked: %s", async (role, state, vetted, expected) => {
    const person = await aPerson(ctx, { accepted: false });
    await sql`
      insert into memberships (person_id, group_id, role, state, vetted_at, created_at)
      values (${person.id}::uuid, ${groups[0]!.id}::uuid, ${role}, ${state}, ${vetted ? ctx.now : null}::timestamptz, now()),
        (${person.id}::uuid, ${groups[1]!.id}::uuid, 'volunteer', 'active', null, now())`;
    expect(await asks(person.id)).toBe(expected);
  });
});
