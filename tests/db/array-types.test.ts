import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testDb } from "#tests/setup/context.ts";

const { sql } = testDb();

describe("arrays", () => {
  it("come back as they were sent, whatever is in them", async () => {
    const texts = fc.array(fc.option(fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", ""))));
    await fc.assert(
      fc.asyncProperty(texts, async (sent) => {
        const [row] = await sql`select ${sent}::text[] as back`;
        expect(row!["back"]).toEqual(sent);
      }),
    );
  });

  it("of numbers, truths, moments and ids are read as such", async () => {
    const id = "0193b0a0-0000-7000-8000-000000000001";
    const at = "2026-11-22T10:00:00.000Z";
    const [row] = await sql`
      select ${[1, -2]}::int[] as ints, array[true, false] as truths, array[${at}::timestamptz] as moments,
        ${[id]}::uuid[] as ids, array[0.5::float8] as floats, array[9007199254740993] as big, '{}'::text[] as none,
        ${[]}::uuid[] as nothing, array['NULL', null] as nulls`;
    expect(row).toEqual({
      ints: [1, -2],
      truths: [true, false],
      moments: [new Date(at)],
      ids: [id],
      floats: [0.5],
      big: ["9007199254740993"],
      none: [],
      nothing: [],
      nulls: ["NULL", null],
    });
  });
});
