import { describe, expect, it } from "vitest";
import { snapToGrid } from "#app/core/grid.ts";
import { aCategory, aGroup, aMember, aPerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aToken, call } from "./harness.ts";

const CHANGE = "PATCH /me";

export function meSuite(): void {
  describe("GET /me", () => {
    it("shows my own settings and groups", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const me = await aMember(ctx, group.id, { name: "Ana", locale: "es", role: "coordinator", monthlyCap: 9 });
      const { body } = await call("GET /me", "/me", { token: await aToken(me) });
      expect(body).toMatchObject({
        id: me.id,
        name: "Ana",
        phone: me.phone,
        locale: "es",
        monthly_cap: 9,
        is_admin: false,
      });
      expect(body.groups).toEqual([
        {
          slug: group.slug,
          name: group.name,
          role: "coordinator",
          state: "active",
          alerts: true,
          hears_claims: false,
          categories: [],
        },
      ]);
    });

    it("needs somebody signed in, and knows its parameters", async () => {
      expect((await call("GET /me", "/me")).status).toBe(401);
      expect((await call("GET /me", "/me?as=ana", { token: await aToken(await aPerson(testCtx())) })).status).toBe(422);
    });
  });

  describe(CHANGE, () => {
    it("changes what is given and leaves the rest", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const me = await aMember(ctx, group.id, { name: "Ana", alerts: true });
      const token = await aToken(me);
      const body = {
        locale: "ar",
        time_zone: "Europe/Madrid",
        quiet_from: 22,
        quiet_to: 7,
        monthly_cap: 30,
        groups: [{ slug: group.slug, hears_claims: true }],
      };
      const changed = await call(CHANGE, "/me", { token, body });
      expect(changed.body).toMatchObject({ ...body, name: "Ana", groups: [{ alerts: true, hears_claims: true }] });
      const emptied = await call(CHANGE, "/me", { token, body: { name: null, monthly_cap: null } });
      expect(emptied.body).toMatchObject({ name: null, monthly_cap: null, locale: "ar", quiet_from: 22 });
      expect((await call("GET /me", "/me", { token })).body).toEqual(emptied.body);
    });

    it("keeps where I am as a grid cell, what I speak, when I rest, and what I want to hear of", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const [meals, tea] = [await aCategory(ctx, group.id), await aCategory(ctx, group.id)];
      const me = await aMember(ctx, group.id);
      const token = await aToken(me);
      const body = {
        languages: ["es", "ht"],
        urgent_at_night: true,
        paused_until: "2030-01-08T17:00:00.000Z",
        groups: [{ slug: group.slug, categories: [meals.slug] }],
      };
      const changed = await call(CHANGE, "/me", { token, body: { ...body, lat: 42.3391, lng: -83.0218 } });
      expect(changed.body).toMatchObject({ ...body, ...snapToGrid({ lat: 42.3391, lng: -83.0218 }) });
      const emptied = {
        lat: null,
        lng: null,
        paused_until: null,
        groups: [{ slug: group.slug, categories: [meals.slug, tea.slug] }],
      };
      const then = await call(CHANGE, "/me", { token, body: emptied });
      expect(then.body).toMatchObject({ lat: null, lng: null, paused_until: null, languages: ["es", "ht"] });
      expect(then.body.groups[0].categories).toEqual([]);
      const nowhere = { groups: [{ slug: group.slug, categories: ["nowhere"] }], urgent_at_night: false };
      expect((await call(CHANGE, "/me", { token, body: nowhere })).body.errors[0].pointer).toBe(
        "#/groups/0/categories/0",
      );
      expect((await call("GET /me", "/me", { token })).body.urgent_at_night).toBe(true);
    });

    it.each([
      [{ lat: 42 }, "#/lat"],
      [{ lat: 91, lng: 0 }, "#/lat"],
      [{ languages: ["Spanish!"] }, "#/languages/0"],
      [{ paused_until: "tomorrow" }, "#/paused_until"],
      [{ stopped: false }, "#/stopped"],
      [{ quiet_from: 24 }, "#/quiet_from"],
      [{ time_zone: "Mars/Olympus" }, "#/time_zone"],
      [{ locale: "fr" }, "#/locale"],
      [{ monthly_cap: -1 }, "#/monthly_cap"],
      [{ phone: "+15550100100" }, "#/phone"],
      [{ is_admin: true }, "#/is_admin"],
      [{ groups: [{ slug: "not-mine", alerts: false }] }, "#/groups/0/slug"],
      [{ groups: [{ slug: "kitchen", role: "coordinator" }] }, "#/groups/0/role"],
    ])("refuses %j and changes nothing", async (body, pointer) => {
      const token = await aToken(await aPerson(testCtx(), { name: "Ana" }));
      const answer = await call(CHANGE, "/me", { token, body: { ...body, name: "Other" } });
      expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([422, pointer]);
      expect((await call("GET /me", "/me", { token })).body.name).toBe("Ana");
    });

    it("needs somebody signed in and a body it can read", async () => {
      const token = await aToken(await aPerson(testCtx()));
      const statuses = [
        await call(CHANGE, "/me", { body: {} }),
        await call(CHANGE, "/me", { token, raw: "name" }),
        await call(CHANGE, "/me", { token, raw: " ".repeat(70_000) }),
        await call(CHANGE, "/me", {
          token,
          raw: "{}",
          headers: { "Content-Type": "application/json; charset=latin1" },
        }),
      ].map(({ status }) => status);
      expect(statuses).toEqual([401, 400, 413, 415]);
    });
  });
}
