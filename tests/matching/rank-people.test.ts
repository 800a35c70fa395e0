import fc from "fast-check";
import { expect, test } from "vitest";
import { distanceKm } from "#app/matching/distance.ts";
import { rankPeople, type Candidate } from "#app/matching/rank-people.ts";

const NOW = new Date("2030-01-08T17:00:00Z");
const HOUR = 3_600_000;
const LANGUAGES = ["en", "es", "ar", "ht"];

const need = fc.record({
  id: fc.uuid(),
  lat: fc.option(fc.double({ min: 42, max: 43, noNaN: true })),
  lng: fc.option(fc.double({ min: -84, max: -83, noNaN: true })),
  languages: fc.subarray(LANGUAGES, { minLength: 1 }),
});
const candidate: fc.Arbitrary<Candidate> = fc
  .record({
    id: fc.uuid(),
    lat: fc.option(fc.double({ min: 42, max: 43, noNaN: true })),
    lng: fc.option(fc.double({ min: -84, max: -83, noNaN: true })),
    languages: fc.subarray(LANGUAGES),
    choseCategory: fc.boolean(),
    promises: fc.nat(8),
    lastAskedAt: fc.option(fc.nat(400).map((hours) => new Date(NOW.getTime() - hours * HOUR))),
    asked: fc.nat(20),
    answered: fc.constant(0),
    alertsLeft: fc.option(fc.nat(20)),
  })
  .chain((one) => fc.nat(one.asked).map((answered) => ({ ...one, answered })));

const scoreOf = (asked: Parameters<typeof rankPeople>[0], one: Candidate) => rankPeople(asked, [one], NOW)[0]!.score;

/** A change that makes somebody fit less well, all else being equal. */
const WORSE: Record<string, (one: Candidate, by: number) => Candidate> = {
  "holds more promises": (one, by) => ({ ...one, promises: one.promises + by }),
  "was asked more lately": (one, by) => ({
    ...one,
    lastAskedAt: new Date(Math.min(NOW.getTime(), (one.lastAskedAt?.getTime() ?? 0) + by * HOUR)),
  }),
  "answered less often": (one, by) => ({ ...one, answered: Math.max(0, one.answered - by) }),
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
  const same = {
    languages: [],
    choseCategory: false,
    promises: 0,
    lastAskedAt: null,
    asked: 0,
    answered: 0,
    alertsLeft: null,
  };
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

test("a newcomer is not behind somebody who answers half of the time", () => {
  fc.assert(
    fc.property(need, candidate, fc.nat(10), (asked, one, half) => {
      const fresh = scoreOf(asked, { ...one, asked: 0, answered: 0 });
      expect(fresh).toBeGreaterThanOrEqual(scoreOf(asked, { ...one, asked: 2 * half, answered: half }) - 1e-12);
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
  const same = { lat: null, lng: null, languages: ["en"], choseCategory: false, promises: 0, lastAskedAt: null };
  const people = Array.from({ length: 10 }, (_, n) => ({
    ...same,
    id: `person ${n}`,
    asked: 0,
    answered: 0,
    alertsLeft: null,
  }));
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
    promises: 0,
    lastAskedAt: new Date(NOW.getTime() - 8 * 24 * HOUR),
    asked: 10,
    answered: 9,
    alertsLeft: null,
  };
  expect(rankPeople(asked, [person], NOW)[0]!.reasons).toEqual([
    "near",
    "speaks",
    "rested",
    "free",
    "category",
    "answers",
  ]);
});
