import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packRows, unpackRows } from "#app/dashboard/packed-rows.ts";
import { KEEPS, MIN_AGES, parseView, queryOf, STATES, USUAL_VIEW, type PostRow } from "#app/dashboard/post-list.ts";
import { aView } from "./views.ts";
import { foldWords, holdsWords, wantedWords } from "#app/dashboard/words-search.ts";

const aRow: fc.Arbitrary<PostRow> = fc.record({
  code: fc.string({ minLength: 4, maxLength: 6 }),
  createdAt: fc.integer({ min: 1.6e12, max: 1.9e12 }),
  kind: fc.constantFrom("need" as const, "offer" as const),
  state: fc.constantFrom(...STATES),
  urgency: fc.constantFrom("normal" as const, "soon" as const, "urgent" as const),
  title: fc.string(),
  quantity: fc.nat(500),
  remaining: fc.nat(500),
  unit: fc.option(fc.constantFrom("meals", "books")),
  group: fc.constantFrom("kitchen", "library"),
  groupName: fc.constant("A group"),
  category: fc.option(fc.constantFrom("Hot meals", "Books")),
  place: fc.option(fc.constantFrom("Maple Park", "")),
  promisedBy: fc.array(fc.constantFrom("Maria", "Lee", "Ana")),
  revision: fc.nat({ max: 9 }),
});

describe("the list's state in the URL", () => {
  it("comes back as it went in", () => {
    fc.assert(
      fc.property(aView, (view) => {
        expect(parseView(new URLSearchParams(queryOf(view)))).toEqual(view);
      }),
    );
  });

  it("needs nothing for what is usual, and survives nonsense", () => {
    expect(queryOf(USUAL_VIEW)).toBe("");
    const nonsense = "state=gone&kind=x&age=9y&sort=-; drop table&page=-3&col=<b>";
    expect(parseView(new URLSearchParams(nonsense))).toEqual({ ...USUAL_VIEW, columns: ["title"] });
  });
});

describe("rows on the wire", () => {
  it("come back as they went in", () => {
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 30 }), (rows) => {
        expect(unpackRows(JSON.parse(JSON.stringify(packRows(rows))))).toEqual(rows);
      }),
    );
  });
});

describe("words", () => {
  it("are found without accents, in any case and order", () => {
    const text = foldWords("Camión de MUDANZA, niños · مدرسة أحمد");
    expect(holdsWords(text, wantedWords("nino camion"))).toBe(true);
    expect(holdsWords(text, wantedWords("مدرسه احمد"))).toBe(true);
    expect(holdsWords(text, wantedWords("  "))).toBe(true);
    expect(holdsWords(text, wantedWords("camion perro"))).toBe(false);
  });
});

describe("waiting", () => {
  it("begins to the millisecond", () => {
    const row = { createdAt: 1_000 } as PostRow;
    expect(KEEPS.age(row, "2d", 1_000 + MIN_AGES["2d"])).toBe(true);
    expect(KEEPS.age(row, "2d", 999 + MIN_AGES["2d"])).toBe(false);
  });
});
