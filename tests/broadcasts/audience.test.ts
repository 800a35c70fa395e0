import { randomInt } from "node:crypto";
import { describe, expect, test } from "vitest";
import { EVERYBODY, kmBetween, readAudience, type Audience } from "#app/broadcasts/audience.ts";
import { audienceRows, countAudience, type AudienceRow } from "#app/broadcasts/audience.server.ts";
import { afterQuietHours } from "#app/people/quiet-hours.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { aCategory, aGroup, aMember, aPerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const pick = <T>(...some: T[]): T => some[randomInt(some.length)]!;
const NOON = new Date("2026-11-20T17:00:00Z");
const ZONES = ["America/New_York", "America/Phoenix", "America/Los_Angeles", "Asia/Kathmandu", "Europe/Berlin"];

type Made = {
  id: string;
  groupId: string;
  role: "volunteer" | "coordinator";
  active: boolean;
  alerts: boolean;
  categories: string[];
  locale: string;
  languages: string[];
  lat: number | null;
  lng: number | null;
  optedOut: boolean;
  resting: boolean;
  full: boolean;
  timeZone: string;
  quietFrom: number;
  quietTo: number;
};

/** People of two groups with everything about them chosen at random, kept beside the rows. */
async function aCrowd(ctx: ReturnType<typeof testCtx>, count: number) {
  const groups = [await aGroup(ctx), await aGroup(ctx)];
  const categories = [await aCategory(ctx, groups[0]!.id), await aCategory(ctx, groups[0]!.id)];
  const made: Made[] = [];
  for (let n = 0; n < count; n += 1) {
    const groupId = pick(...groups).id;
    const given = {
      role: pick<Made["role"]>("volunteer", "volunteer", "coordinator"),
      alerts: pick(true, true, false),
      locale: pick("en" as const, "es" as const, "ar" as const),
      timeZone: pick(...ZONES),
      quietFrom: randomInt(24),
      quietTo: randomInt(24),
    };
    const active = pick(true, true, true, false);
    const full = pick(false, false, false, true);
    const person = await aMember(ctx, groupId, {
      ...given,
      state: active ? "active" : pick("asked", "left"),
      monthlyCap: full ? 0 : pick(null, 5),
    });
    const more = {
      categories: pick(
        [],
        [categories[0]!.id],
        categories.map(({ id }) => id),
      ),
      languages: pick([], ["fr"], ["es", "fr"]),
      lat: pick(null, 40.7, 40.75, 41),
      resting: pick(false, false, true),
      optedOut: pick(false, false, true),
    };
    const lng = more.lat === null ? null : pick(-74, -73.95, -73);
    await ctx.db.sql`update people set languages = ${more.languages}, lat = ${more.lat}::float8, lng = ${lng}::float8,
      paused_until = ${more.resting ? new Date(NOON.getTime() + 3_600_000) : pick(null, new Date(NOON.getTime() - 1))}::timestamptz
      where id = ${person.id}::uuid`;
    await ctx.db
      .sql`update memberships set category_ids = ${more.categories}::uuid[] where person_id = ${person.id}::uuid`;
    if (more.optedOut || randomInt(3) === 0)
      await recordConsent(ctx, { phoneLookup: person.phoneLookup, action: "out", source: "keyword" });
    if (!more.optedOut) await recordConsent(ctx, { phoneLookup: person.phoneLookup, action: "in", source: "keyword" });
    made.push({ id: person.id, groupId, active, full, lng, ...given, ...more });
  }
  return { groups, categories, made };
}

/** The same rule, written down a second time in the plainest way. */
function reference(made: Made[], groupId: string, audience: Audience): Made[] {
  return made.filter((one) => {
    if (one.groupId !== groupId || !one.active) return false;
    if (audience.role !== "any" && one.role !== audience.role) return false;
    if (audience.alertsOnly && !one.alerts) return false;
    if (audience.speaks && one.locale !== audience.speaks && !one.languages.includes(audience.speaks)) return false;
    if (audience.categories.length > 0 && one.categories.length > 0) {
      if (!one.categories.some((id) => audience.categories.includes(id))) return false;
    }
    if (!audience.near) return true;
    return (
      one.lat !== null &&
      one.lng !== null &&
      kmBetween(audience.near, { lat: one.lat, lng: one.lng }) <= audience.near.km
    );
  });
}

describe("an audience", () => {
  test("is who the plain rule says, for any choice of fields, and is counted alike", async () => {
    const ctx = testCtx({ now: NOON });
    const { groups, categories, made } = await aCrowd(ctx, 120);
    for (let turn = 0; turn < 60; turn += 1) {
      const near = { lat: 40.7, lng: -74, km: pick(1, 5, 10, 25), place: "Maple Park" };
      const audience: Audience = {
        role: pick("any", "volunteer", "coordinator"),
        speaks: pick(null, null, "en", "es", "fr"),
        near: pick(null, near),
        categories: pick(
          [],
          [categories[0]!.id],
          categories.map(({ id }) => id),
        ),
        alertsOnly: pick(true, false),
      };
      const group = pick(...groups);
      const expected = reference(made, group.id, audience);
      const rows = await ctx.db.sql<AudienceRow[]>`${audienceRows(ctx, { groupId: group.id, audience })}`;
      expect(rows.map(({ id }) => id).toSorted(), JSON.stringify(audience)).toEqual(
        expected.map(({ id }) => id).toSorted(),
      );
      const goes = expected.filter((one) => !one.optedOut && !one.resting && !one.full);
      const count = await countAudience(ctx, { groupId: group.id, audience });
      const later = goes.map((one) => afterQuietHours(NOON, one)).filter((at) => at > NOON);
      expect(count).toMatchObject({
        matched: expected.length,
        optedOut: expected.filter((one) => one.optedOut).length,
        resting: expected.filter((one) => one.resting && !one.optedOut).length,
        overCap: expected.filter((one) => one.full && !one.resting && !one.optedOut).length,
        people: goes.length,
        quiet: later.length,
        lastAt: later.length ? new Date(Math.max(...later.map(Number))).toISOString() : null,
      });
      expect(count.readers.reduce((all, { n }) => all + n, 0)).toBe(goes.length);
    }
  });

  test("of everybody is every active member of any group, once", async () => {
    const ctx = testCtx();
    const [one, two] = [await aGroup(ctx), await aGroup(ctx)];
    const both = await aMember(ctx, one.id);
    await aMember(ctx, two.id, { personId: both.id });
    const stranger = await aPerson(ctx);
    const rows = await ctx.db.sql<AudienceRow[]>`${audienceRows(ctx, { groupId: null, audience: EVERYBODY })}`;
    expect(rows.filter(({ id }) => id === both.id)).toHaveLength(1);
    expect(rows.map(({ id }) => id)).not.toContain(stranger.id);
  });

  test("is read from a form; what makes no sense is not chosen", () => {
    const form = new FormData();
    expect(readAudience(form)).toEqual({ groupId: null, audience: { ...EVERYBODY, alertsOnly: false } });
    const id = crypto.randomUUID();
    for (const [name, value] of [
      ["group", id],
      ["role", "boss"],
      ["speaks", "es"],
      ["near", "40.7,-74,Maple Park, north"],
      ["km", "3"],
      ["categories", id],
      ["categories", "' or true"],
      ["alerts", "yes"],
    ] as const)
      form.append(name, value);
    expect(readAudience(form)).toEqual({
      groupId: id,
      audience: {
        role: "any",
        speaks: "es",
        near: { lat: 40.7, lng: -74, km: 5, place: "Maple Park, north" },
        categories: [id],
        alertsOnly: true,
      },
    });
    form.set("near", "95,0,Nowhere");
    expect(readAudience(form).audience.near).toBeNull();
  });
});
