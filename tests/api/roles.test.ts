import { beforeAll, describe, expect, it } from "vitest";
import { aGroup, aMember, aPerson, aPhone, aPost } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aToken, call, document } from "./harness.ts";

/**
 * Every operation × every role, about one need that only volunteers (of any group) may see, claimed by `claimer`.
 * `elsewhere` coordinates another group.
 * The numbers are the statuses each role gets; 404 where even the post's existence is not theirs to know.
 */
const ROLES = ["visitor", "stranger", "volunteer", "elsewhere", "author", "claimer", "coordinator", "admin"] as const;
const OK = [200, 200, 200, 200, 200, 200, 200, 200];
const EXPECTED: Record<string, number[]> = {
  "GET /groups": OK,
  "GET /posts": OK,
  "POST /posts": [201, 201, 201, 201, 201, 201, 201, 201],
  "GET /posts/{code}": [404, 404, 200, 200, 200, 200, 200, 200],
  "GET /posts/{code}/matches": [404, 404, 200, 200, 200, 200, 200, 200],
  "POST /posts/{code}/claims": [401, 404, 201, 201, 409, 201, 201, 201],
  "POST /posts/{code}/dismissals": [401, 404, 404, 404, 201, 404, 201, 201],
  "PATCH /claims/{id}": [401, 404, 404, 404, 404, 200, 200, 200],
  "PATCH /posts/{code}": [401, 404, 404, 404, 200, 404, 200, 200],
  "GET /me": [401, 200, 200, 200, 200, 200, 200, 200],
  "PATCH /me": [401, 200, 200, 200, 200, 200, 200, 200],
  "GET /dashboard": [401, 403, 403, 200, 403, 403, 200, 200],
};
const SEES_POST = ["volunteer", "elsewhere", "author", "claimer", "coordinator", "admin"];
const SEES_CONTACT = ["author", "claimer", "coordinator", "admin"];
const CANARY = { address: "12 Canary Lane", privateNote: "canary door", name: "Canary Ana", phone: aPhone() };

const scene = { group: "", code: "", offer: "", claim: "", tokens: {} as Record<string, string | undefined> };

beforeAll(async () => {
  const ctx = testCtx();
  const [group, other] = [await aGroup(ctx), await aGroup(ctx)];
  const author = await aPerson(ctx, { phone: CANARY.phone });
  const people = {
    stranger: await aPerson(ctx),
    volunteer: await aMember(ctx, group.id),
    elsewhere: await aMember(ctx, other.id, { role: "coordinator" }),
    author,
    claimer: await aMember(ctx, group.id),
    coordinator: await aMember(ctx, group.id, { role: "coordinator" }),
    admin: await aPerson(ctx, { isAdmin: true }),
  };
  for (const [role, person] of Object.entries(people)) scene.tokens[role] = await aToken(person);
  const { address, privateNote, name, phone } = CANARY;
  const contact = { name, phone, email: null };
  const post = await aPost(ctx, {
    groupId: group.id,
    quantity: 100,
    visibility: "volunteers",
    title: "Only for volunteers",
    address,
    privateNote,
    contact,
  });
  const offer = await aPost(ctx, { groupId: group.id, kind: "offer", quantity: 100 });
  const token = scene.tokens["claimer"];
  const claim = await call("POST /posts/{code}/claims", `/posts/${post.code}/claims`, { token, body: { quantity: 9 } });
  Object.assign(scene, { group: group.slug, code: post.code, offer: offer.code, claim: claim.body.id });
});

const bodyOf = (operation: string): unknown =>
  ({
    "POST /posts": { kind: "offer", group: scene.group, title: "Bread", contact: { name: "Sam" } },
    "POST /posts/{code}/claims": { quantity: 1 },
    "POST /posts/{code}/dismissals": { other_code: scene.offer, reason: "other" },
    "PATCH /claims/{id}": { status: "on_the_way" },
    "PATCH /posts/{code}": { urgency: "soon" },
    "PATCH /me": { quiet_from: 22 },
  })[operation];

describe("roles × operations", () => {
  it("has a row for every operation", () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  const cells = Object.entries(EXPECTED).flatMap(([operation, statuses]) =>
    ROLES.map((role, at) => ({ operation, role, status: statuses[at]! })),
  );
  it.each(cells)("$role: $operation answers $status", async ({ operation, role, status }) => {
    const path = operation.split(" ")[1]!.replace("{code}", scene.code).replace("{id}", scene.claim);
    const query = operation === "GET /posts" ? `?group=${scene.group}` : "";
    const answer = await call(operation, path + query, { token: scene.tokens[role], body: bodyOf(operation) });
    expect(answer.status).toBe(status);
    const text = JSON.stringify(answer.body);
    if (!SEES_POST.includes(role)) expect(text).not.toContain("Only for volunteers");
    const theirs = role === "author" && operation.endsWith("/me");
    if (operation !== "GET /posts/{code}" && !theirs) expect(text).not.toMatch(/canary/i);
    if (!SEES_CONTACT.includes(role)) expect(text).not.toMatch(/canary/i);
    if (!SEES_CONTACT.includes(role) || (operation !== "GET /posts/{code}" && !theirs)) {
      expect(text).not.toContain(CANARY.phone);
    }
    if (operation === "GET /posts/{code}" && SEES_CONTACT.includes(role)) {
      // Who promised writes to the author through us: the number only when both agreed.
      const phone = role === "claimer" ? null : CANARY.phone;
      expect(answer.body).toMatchObject({ contact: { phone }, address: CANARY.address });
    }
  });
});
