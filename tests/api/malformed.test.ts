import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { aGroup, aMember, aPost } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aToken, call, document } from "./harness.ts";

/** Values that break programs: PostgreSQL refuses NUL, JavaScript rounds, `Date` overflows, regexes backtrack. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    "\0",
    "a\0b",
    "\ud83d",
    "\u202eevil",
    "",
    " ",
    "'; drop table posts; --",
    "%00",
    "../../etc/passwd",
    "__proto__",
    "9".repeat(400),
    "2026-02-30T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59-23:59",
    "1e309",
    "NaN",
    "+999999999999999999",
    1e308,
    -1,
    0.1,
    2 ** 31,
    2 ** 53,
    null,
    true,
    [],
    {},
  ),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.jsonValue({ maxDepth: 3 }),
);

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const bodies: Record<string, string[]> = {
  "POST /posts": [
    "kind",
    "group",
    "category",
    "title",
    "details",
    "quantity",
    "urgency",
    "window_start",
    "window_end",
    "place",
    "lat",
    "lng",
    "address",
    "private_note",
    "languages",
    "answers",
    "contact",
    "locale",
    "surprise",
  ],
  "POST /posts/{code}/claims": ["quantity", "eta", "note", "offer_code"],
  "PATCH /claims/{id}": ["status", "quantity", "reason"],
  "PATCH /posts/{code}": [
    "title",
    "quantity",
    "window_start",
    "lat",
    "lng",
    "address",
    "languages",
    "answers",
    "status",
    "closed_reason",
  ],
  "PATCH /me": ["name", "locale", "time_zone", "quiet_from", "monthly_cap", "groups"],
};
const valid: Record<string, Record<string, unknown>> = {
  "POST /posts": { kind: "need", title: "Soup", contact: { name: "Ana" } },
  "PATCH /claims/{id}": { status: "delivered" },
};
const scene = { group: "", code: "", token: "", claim: "" };

beforeAll(async () => {
  const ctx = testCtx();
  const group = await aGroup(ctx);
  const post = await aPost(ctx, { groupId: group.id, quantity: 1_000_000 });
  const token = await aToken(await aMember(ctx, group.id, { role: "coordinator" }));
  const claim = await call("POST /posts/{code}/claims", `/posts/${post.code}/claims`, { token, body: { quantity: 1 } });
  Object.assign(scene, { group: group.slug, code: post.code, token, claim: claim.body.id });
});

const at = (template: string) => template.replace("{code}", scene.code).replace("{id}", scene.claim);
const options = { numRuns: 100 };

describe("whatever is sent, the answer is one of the document's and never a 500", () => {
  it.each(Object.entries(bodies))("%s with any value in any field", async (operation, fields) => {
    const field = fc.constantFrom(...fields);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(field, nasty), { minLength: 1, maxLength: 3 }), async (changes) => {
        const group = operation === "POST /posts" ? { group: scene.group } : {};
        const sent = { ...valid[operation], ...group, ...Object.fromEntries(changes) };
        const given = { token: scene.token, raw: JSON.stringify(sent) };
        const answer = await call(operation, at(operation.split(" ")[1]!), given);
        expect(answer.status).toBeLessThan(500);
      }),
      options,
    );
  });

  const queries = Object.entries(document.paths).flatMap(([path, { get }]) => {
    const { parameters = [] } = (get ?? {}) as unknown as { parameters?: { name: string; in: string }[] };
    const names = parameters.flatMap((parameter) => (parameter.in === "query" ? [parameter.name] : []));
    return names.length > 0 ? [[path, names] as const] : [];
  });
  it.each(queries)("GET %s with any value in any parameter", async (path, names) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...names), nasty), { maxLength: 3 }), async (changes) => {
        const query = new URLSearchParams(changes.map(([name, value]) => [name, textOf(value)]));
        const answer = await call(`GET ${path}`, `${path}?${query}`, { token: scene.token });
        expect(answer.status).toBeLessThan(500);
      }),
      options,
    );
  });

  it("any code, any id, any key, any credential", async () => {
    await fc.assert(
      fc.asyncProperty(nasty, fc.string({ maxLength: 60 }), async (value, header) => {
        const name = encodeURIComponent(textOf(value).replace(/\p{Cs}/gu, "?"));
        if (name === "" || name === "." || name === "..") return;
        const read = await call("GET /posts/{code}", `/posts/${name}`, { token: scene.token });
        const headers = { "Idempotency-Key": header.replace(/[^\x20-\x7e]/g, "?") };
        const path = at("/posts/{code}/claims");
        const claim = await call("POST /posts/{code}/claims", path, {
          token: scene.token,
          body: { quantity: 1 },
          headers,
        });
        const given = { headers: { Authorization: header.replace(/[^\x20-\x7e]/g, "?") } };
        const me = await call("GET /me", "/me", given);
        expect([read.status, claim.status, me.status].every((status) => status < 500)).toBe(true);
        expect(me.status).toBe(401);
      }),
      options,
    );
  });
});
