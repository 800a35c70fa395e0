import fc from "fast-check";
import { expect, test } from "vitest";
import { distanceKm } from "#app/matching/distance.ts";
import { MOST_ASKS_A_WEEK, rankPeople, type Candidate } from "#app/matching/rank-people.ts";

const NOW = new Date("2030-01-08T17:00:00Z");
const HOUR = 3_600_000;
const LANGUAGES = ["en", "es", "ar", "ht"];

const need = fc.record({
  id: fc.uuid(),
  lat: fc.option(fc.double({ min: 42, max: 43, noNaN: true })),
  lng: fc.option(fc.double({ min: -84, max: -83, noNaN: true })),
  languages: fc.subarray(LANGUAGES, { minLength: 1 }),
});
const candidate: fc.Arbitrary<Candidate> = fc.record({
  id: fc.uuid(),
  lat: fc.option(fc.double({ min: 42, max: 43, noNaN: true })),
  lng: fc.option(fc.double({ min: -84, max: -83, noNaN: true })),
  languages: fc.subarray(LANGUAGES),
  choseCategory: fc.boolean(),
  offerFit: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  promises: fc.nat(8),
  lastAskedAt: fc.option(fc.nat(400).map((hours) => new Date(NOW.getTime() - hours * HOUR))),
  askedLately: fc.nat(10),
  chance: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  alertsLeft: fc.option(fc.nat(20)),
});
/** Somebody about whom nothing is known but that they may be asked. */
const ANYBODY = {
  lat: null,
  lng: null,
  languages: [],
  choseCategory: false,
  offerFit: null,
  promises: 0,
  lastAskedAt: null,
  askedLately: 0,
  chance: null,
  alertsLeft: null,
};

const scoreOf = (asked: Parameters<typeof rankPeople>[0], one: Candidate) => rankPeople(asked, [one], NOW)[0]!.score;

/** A change that makes somebody fit less well, all else being equal. */
const WORSE: Record<string, (one: Candidate, by: number) => Candidate> = {
  "holds more promises": (one, by) => ({ ...one, promises: one.promises + by }),
  "was asked more lately": (one, by) => ({
    ...one,
    lastAskedAt: new Date(Math.min(NOW.getTime(), (one.lastAskedAt?.getTime() ?? 0) + by * HOUR)),
  }),
  "is less likely to help": (one, by) => ({ ...one, chance: one.chance && one.chance / by }),
  "was asked more often this week": (one, by) => ({ ...one, askedLately: one.askedLately + by }),
  "offers what fits less": (one, by) => ({ ...one, offerFit: one.offerFit && one.offerFit / by }),
  "offers nothing": (one) => ({ ...one, offerFit: null }),
  "shares no language": (one) => ({ ...one, languages: [] }),
  "did not choose the category": (one) => ({ ...one, choseCategory: false }),
  "wants fewer alerts": (one, by) => ({ ...one, alertsLeft: Math.max(0, (one.alertsLeft ?? 20) - by) }),
};

test.each(Object.keys(WORSE))("who %s never ranks better, all else being equal", (name) => {
  fc.assert(
    fc.property(need, candidate, fc.integer({ min: 1, max: 100 }), (asked, one, by) => {
      expect(scoreOf(asked, WORSE[name]!(one, by))).toBeLessThanOrEqual(scoreOf(asked, one) + 1e-12);
    }),
  );
});

test("who is farther away never ranks better; who did not say where they are stands between near and far", () => {
  fc.assert(
    fc.property(need, candidate, candidate, (asked, one, other) => {
      const [a, b] = [one, { ...one, id: other.id, lat: other.lat, lng: other.lng }];
      const [near, far] = [distanceKm(asked, a), distanceKm(asked, b)];
      if (near === null || far === null) return;
      expect(Math.sign(scoreOf(asked, a) - scoreOf(asked, b)) * Math.sign(near - far)).toBeLessThanOrEqual(0);
    }),
  );
  const here = { id: "need", lat: 42.5, lng: -83.5, languages: ["en"] };
  const same = ANYBODY;
  const [near, unknown, far] = [
    { ...same, id: "near", lat: 42.51, lng: -83.5 },
    { ...same, id: "unknown", lat: null, lng: null },
    { ...same, id: "far", lat: 42.7, lng: -83.5 },
  ];
  expect(rankPeople(here, [far, unknown, near], NOW).map(({ person }) => person.id)).toEqual([
    "near",
    "unknown",
    "far",
  ]);
});

test("whoever offers it comes before everybody else; who was asked often enough this week, behind", () => {
  fc.assert(
    fc.property(need, candidate, candidate, (asked, one, other) => {
      const offers = { ...one, offerFit: one.offerFit ?? 0, askedLately: 0 };
      const rested = { ...other, id: "rested", offerFit: null, askedLately: 0 };
      const tired = { ...one, id: "tired", askedLately: MOST_ASKS_A_WEEK };
      expect(rankPeople(asked, [tired, rested, offers], NOW).map(({ person }) => person)).toEqual([
        offers,
        rested,
        tired,
      ]);
    }),
  );
});

test("everybody is ranked once, whatever the order they come in, with a score from 0 to 1", () => {
  fc.assert(
    fc.property(need, fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 30 }), (asked, people) => {
      const ranked = rankPeople(asked, people, NOW);
      expect(new Set(ranked.map(({ person }) => person.id))).toEqual(new Set(people.map(({ id }) => id)));
      expect(rankPeople(asked, people.toReversed(), NOW).map(({ person }) => person.id)).toEqual(
        ranked.map(({ person }) => person.id),
      );
      for (const { score } of ranked) expect(score >= 0 && score <= 1 + 1e-9).toBe(true);
    }),
  );
});

test("equals take turns from need to need", () => {
  const people = Array.from({ length: 10 }, (_, n) => ({ ...ANYBODY, id: `person ${n}` }));
  const firsts = Array.from(
    { length: 200 },
    (_, n) => rankPeople({ id: `need ${n}`, lat: null, lng: null, languages: ["en"] }, people, NOW)[0]!.person.id,
  );
  expect(new Set(firsts).size).toBe(10);
});

test("reasons say what counts, heaviest first", () => {
  const asked = { id: "need", lat: 42.5, lng: -83.5, languages: ["es"] };
  const person = {
    id: "ana",
    lat: 42.5,
    lng: -83.5,
    languages: ["en", "es"],
    choseCategory: true,
    offerFit: null,
    promises: 0,
    lastAskedAt: new Date(NOW.getTime() - 8 * 24 * HOUR),
    askedLately: 0,
    chance: 0.6,
    alertsLeft: null,
  };
  const reasonsOf = (given: Partial<Candidate>) => rankPeople(asked, [{ ...person, ...given }], NOW)[0]!.reasons;
  expect(reasonsOf({})).toEqual(["chance", "near", "speaks", "rested", "free", "category"]);
  expect(reasonsOf({ offerFit: 0.4, chance: 0.3, promises: 1, lastAskedAt: NOW })).toEqual([
    "offers",
    "near",
    "speaks",
    "category",
  ]);
  expect(reasonsOf({ ...ANYBODY, promises: 2, lastAskedAt: NOW, languages: ["ar"] })).toEqual([]);
});
