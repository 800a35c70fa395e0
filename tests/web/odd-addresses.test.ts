import { expect, test } from "vitest";
import { loader as membership } from "#app/routes/groups.$slug_.membership.ts";
import { loader as waiting } from "#app/routes/p.$code_.waiting.ts";
import { aPerson } from "#tests/factories.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();

test.for(["🦙", "ｋｉｔｃｈｅｎ", "a\u0000b", "../x", "a?b#c"])(
  "an address with %s in it leads on to an address that can be said",
  async (odd) => {
    const me = await aPerson(ctx);
    const asked = { as: me, path: "/", params: { slug: odd, code: odd } };
    expect(await readAnswer(await askRoute(ctx, membership, asked))).toMatchObject({
      status: 303,
      to: `/groups/${encodeURIComponent(odd)}`,
    });
    const { status, to } = await readAnswer(await askRoute(ctx, waiting, asked));
    expect(status).toBe(303);
    expect(to).toMatch(/^\/p\/[\w%.-]*$/);
  },
);
