import { describe, expect, test, vi } from "vitest";
import { makeSeal, SealBroken, withNewKey, withoutOldKeys } from "#app/core/seal.server.ts";

const keyOf = (byte: number): string => Buffer.alloc(32, byte).toString("base64");
const [OLD, NEW] = [keyOf(7), keyOf(8)];
const PLACE = { table: "people", column: "phone_sealed", row: "1" };
/** Sealed once and written down: whatever changes, what lies in databases and backups has to open. */
const BY_OLD = "v1.k1.COXpgWXIHFJyVfw5awRemNyBRKqn4h2GDkN6oqnWrsZcZiw57lvnYQ";
const BY_NEW = "v1.k2.a29e4uJHqbrgEiWlAmgpdk0fE9jh9AOvsuv85NpmgLHBcrcGZHovlg";
const LOOKUP = "f39c0e4cacd306681fe309d772450d503bc7848bd2104102c65531d4b7151ad8";
const PHONE = "+15550100100";

describe("what was sealed", () => {
  test("opens with its key, given alone or by name, in whatever order", () => {
    for (const keys of [OLD, ` ${OLD} `, `k1:${OLD}`, `k2:${NEW},k1:${OLD}`, ` k2:${NEW} , k1:${OLD} `])
      expect(makeSeal(keys).open(BY_OLD, PLACE), keys).toBe(PHONE);
    expect(makeSeal(`k2:${NEW},k1:${OLD}`).open(BY_NEW, PLACE)).toBe(PHONE);
    expect(makeSeal(`k1:${OLD},k2:${NEW}`).open(BY_NEW, PLACE)).toBe(PHONE);
  });

  test("never looks the same twice, and carries the name of the first key", () => {
    const seal = makeSeal(`k2:${NEW},k1:${OLD}`);
    const [one, other] = [seal.seal(PHONE, PLACE), seal.seal(PHONE, PLACE)];
    expect(one).not.toBe(other);
    expect(one).toMatch(/^v1\.k2\.[\w-]{54}$/);
    expect(seal.keys).toEqual(["k2", "k1"]);
    for (const words of ["", "٤ شارع", "😀\n"]) expect(seal.open(seal.seal(words, PLACE), PLACE)).toBe(words);
  });

  test.each([
    ["another table", { ...PLACE, table: "posts" }],
    ["another column", { ...PLACE, column: "name_sealed" }],
    ["another row", { ...PLACE, row: "2" }],
    ["a place that only reads the same", { table: "people|phone_sealed", column: "1", row: "" }],
  ])("does not open at %s", (_where, place) => {
    const seal = makeSeal(OLD);
    const { table, column, row } = place;
    expect(() => seal.open(BY_OLD, place)).toThrow(new SealBroken(`${table}.${column} of row ${row} does not open`));
  });

  test.each([
    ["cut", BY_OLD.slice(0, -1)],
    ["one letter other", BY_OLD.replace("COX", "COY")],
    ["another key's name", BY_OLD.replace("k1", "k2")],
  ])("does not open %s", (_how, sealed) => {
    expect(() => makeSeal(`k1:${OLD},k2:${NEW}`).open(sealed, PLACE)).toThrow(/^people.phone_sealed of row 1/);
  });

  test.each([
    ["of another kind", BY_OLD.replace("v1", "v2")],
    ["by a key that is not here", BY_NEW],
    ["with nothing in it", "v1.k1."],
    ["and no seal at all", PHONE],
  ])("is not tried when it is %s", (_how, sealed) => {
    expect(() => makeSeal(OLD).open(sealed, PLACE)).toThrow(new SealBroken("no key opens people.phone_sealed"));
  });

  test("is called by the name of its error in logs", () => {
    expect(new SealBroken("x").name).toBe("SealBroken");
  });
});

describe("reading for a page", () => {
  test("gives null and the alarm where it does not open, and no alarm where nothing is", () => {
    const alarm = vi.fn<(place: unknown) => void>();
    const seal = makeSeal(OLD, alarm);
    expect([seal.read(BY_OLD, PLACE), seal.read(null, PLACE)]).toEqual([PHONE, null]);
    expect(alarm).not.toHaveBeenCalled();
    expect(seal.read(BY_NEW, PLACE)).toBeNull();
    expect(alarm.mock.calls).toEqual([[PLACE]]);
    expect(makeSeal(OLD).read(BY_NEW, PLACE)).toBeNull();
  });
});

describe("fingerprints", () => {
  test("stay what they are, and differ by kind, value and key", () => {
    const seal = makeSeal(OLD);
    expect(seal.lookup("phone", PHONE)).toBe(LOOKUP);
    expect(seal.lookup("email", PHONE)).not.toBe(LOOKUP);
    expect(seal.lookup("phone", "+15550100101")).not.toBe(LOOKUP);
    expect(makeSeal(NEW).lookup("phone", PHONE)).not.toBe(LOOKUP);
  });

  test("are made from the oldest key, also when it is gone", () => {
    const both = withNewKey(OLD, NEW);
    expect(makeSeal(both).lookup("phone", PHONE)).toBe(LOOKUP);
    const alone = makeSeal(withoutOldKeys(both));
    expect(alone.lookup("phone", PHONE)).toBe(LOOKUP);
    expect(alone.keys).toEqual(["k2"]);
    expect(alone.open(BY_NEW, PLACE)).toBe(PHONE);
    expect(() => alone.open(BY_OLD, PLACE)).toThrow(SealBroken);
    const again = makeSeal(withoutOldKeys(withNewKey(withoutOldKeys(both), keyOf(9))));
    expect([again.keys, again.lookup("phone", PHONE)]).toEqual([["k3"], LOOKUP]);
  });
});

describe("DATA_KEY", () => {
  test("a new key goes in front, under the next number", () => {
    expect(withNewKey(OLD, NEW)).toBe(`k2:${NEW},k1:${OLD}`);
    expect(withNewKey(`k9:${OLD}`, NEW)).toBe(`k10:${NEW},k9:${OLD}`);
    expect(withNewKey(`k12:${OLD},k9:${OLD}`, NEW)).toBe(`k13:${NEW},k12:${OLD},k9:${OLD}`);
    for (const own of ["mine", "k1x", "ak1"]) expect(withNewKey(`${own}:${OLD}`, NEW)).toBe(`k1:${NEW},${own}:${OLD}`);
  });

  test.each([
    ["too short", keyOf(7).slice(4), "key 1 must be 32 bytes in base64"],
    ["the second too short", `k2:${NEW},k1:short`, "key 2 must be 32 bytes in base64"],
    ["an odd name", `k 1:${OLD}`, "key 1 must be 32 bytes in base64"],
    ["an odd name's end", `k1!:${OLD}`, "key 1 must be 32 bytes in base64"],
    ["an odd name's start", `!k1:${OLD}`, "key 1 must be 32 bytes in base64"],
    ["two of one name", `k1:${NEW},k1:${OLD}`, "give each key an id of its own"],
    ["only a lookup key", `lookup:${OLD}`, "give each key an id of its own"],
  ])("%s is refused with what to do", (_how, dataKey, says) => {
    expect(() => makeSeal(dataKey)).toThrow(says);
  });
});
