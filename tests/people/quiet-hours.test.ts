import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterQuietHours, type QuietHours } from "#app/people/quiet-hours.ts";
import { runs } from "../setup/seeded.ts";
import { changesIn, hourIn } from "./clocks.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ZONES = [
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Los_Angeles",
  "America/Phoenix",
  "America/Anchorage",
  "America/Puerto_Rico",
  "America/Mexico_City",
  "America/Havana",
  "America/Santiago",
  "America/St_Johns",
  "Pacific/Honolulu",
  "Europe/Madrid",
  "Europe/London",
  "Atlantic/Azores",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Asia/Beirut",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Australia/Adelaide",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "UTC",
];
const CHANGES = ZONES.flatMap((timeZone) => changesIn(timeZone, 2025, 2029).map((at) => ({ timeZone, at })));

const hour = fc.integer({ min: 0, max: 23 });
/** Any minute, and the hours around every change of the clocks, to the millisecond. */
const moment = fc.oneof(
  fc.record({
    timeZone: fc.constantFrom(...ZONES),
    now: fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2029, 0, 1) }).map((ms) => new Date(ms)),
  }),
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -26 * 60, max: 4 * 60 }), fc.constantFrom(-1, 0, 1, 500))
    .map(([{ timeZone, at }, minutes, ms]) => ({ timeZone, now: new Date(at.getTime() + minutes * MINUTE + ms) })),
);

const isQuiet = (at: Date, { timeZone, quietFrom, quietTo }: QuietHours) => {
  if (quietFrom === quietTo) return false;
  const local = hourIn(at, timeZone);
  for (let each = quietFrom; each !== quietTo; each = (each + 1) % 24) if (each === local) return true;
  return false;
};

test("the clocks we look at change, also by half an hour and at midnight; Arizona's never", () => {
  const of = (timeZone: string) => CHANGES.filter((change) => change.timeZone === timeZone).length;
  expect(of("America/New_York")).toBe(8);
  expect(of("Australia/Lord_Howe")).toBe(8);
  expect(of("Africa/Casablanca")).toBeGreaterThan(4);
  expect([of("America/Phoenix"), of("Asia/Kolkata"), of("Pacific/Honolulu"), of("UTC")]).toEqual([0, 0, 0, 0]);
});

/** Who leaves us one hour a day, and that hour is left out in spring, is told a day later. */
test("a text comes outside the quiet hours, never in the past, within 25 hours, and as soon as it may", () => {
  fc.assert(
    fc.property(moment, hour, hour, ({ timeZone, now }, quietFrom, quietTo) => {
      const quiet = { timeZone, quietFrom, quietTo };
      const at = afterQuietHours(now, quiet);
      const said = `${now.toISOString()} → ${at.toISOString()}`;
      expect(isQuiet(at, quiet), said).toBe(false);
      expect(at.getTime(), said).toBeGreaterThanOrEqual(now.getTime());
      const openHours = (quietFrom - quietTo + 24) % 24;
      expect(at.getTime() - now.getTime(), said).toBeLessThanOrEqual((openHours === 1 ? 49 : 25) * HOUR);
      expect(afterQuietHours(at, quiet)).toEqual(at);
      if (!isQuiet(now, quiet)) {
        expect(at).toEqual(now);
        return;
      }
      expect(isQuiet(new Date(at.getTime() - 1), quiet), `${said} could be sooner`).toBe(true);
      for (let ms = now.getTime(); ms < at.getTime(); ms += 15 * MINUTE) {
        expect(isQuiet(new Date(ms), quiet), `${said} could be ${new Date(ms).toISOString()}`).toBe(true);
      }
    }),
    runs(1500),
  );
});

describe("by hand", () => {
  const night = (timeZone: string, quietFrom = 20, quietTo = 9) => ({ timeZone, quietFrom, quietTo });
  test.each<[string, QuietHours, string, string]>([
    ["an evening in New York", night("America/New_York"), "2026-07-02T02:30:00Z", "2026-07-02T13:00:00Z"],
    ["the night the clocks go forward", night("America/New_York"), "2026-03-08T04:00:00Z", "2026-03-08T13:00:00Z"],
    ["the night they go back", night("America/New_York"), "2026-11-01T03:00:00Z", "2026-11-01T14:00:00Z"],
    ["Arizona in that same night", night("America/Phoenix"), "2026-03-08T04:00:00Z", "2026-03-08T16:00:00Z"],
    [
      "an end in the hour that is left out",
      night("America/New_York", 20, 2),
      "2026-03-08T06:30:00Z",
      "2026-03-08T07:00:00Z",
    ],
    [
      "an end in the hour that comes twice",
      night("America/New_York", 20, 1),
      "2026-11-01T04:30:00Z",
      "2026-11-01T05:00:00Z",
    ],
    ["the only open hour is left out", night("America/New_York", 3, 2), "2026-03-08T06:00:00Z", "2026-03-09T06:00:00Z"],
    ["half an hour on Lord Howe", night("Australia/Lord_Howe"), "2026-04-04T14:00:00Z", "2026-04-04T22:30:00Z"],
    ["half past in Kolkata", night("Asia/Kolkata"), "2026-06-01T20:00:00Z", "2026-06-02T03:30:00Z"],
    ["nothing to wait for", night("America/New_York"), "2026-07-02T16:00:00.123Z", "2026-07-02T16:00:00.123Z"],
    ["equal hours are never quiet", night("America/New_York", 9, 9), "2026-07-02T03:00:00Z", "2026-07-02T03:00:00Z"],
  ])("%s", (_, quiet, now, at) => expect(afterQuietHours(new Date(now), quiet)).toEqual(new Date(at)));
});
