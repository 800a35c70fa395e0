import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { checkTable } from "#app/imports/check-table.ts";
import { guessMapping, looksMerged, type Mapping } from "#app/imports/columns.ts";
import { guessOrder, readDate } from "#app/imports/dates.ts";
import { decode } from "#app/imports/decode.ts";
import type { GroupFacts, Reading } from "#app/imports/import.ts";
import { readRow, type Cells } from "#app/imports/read-row.ts";
import { readTable } from "#app/imports/read-table.ts";
import { csvText } from "#app/dashboard/csv.ts";

const zone = "America/New_York";
const now = new Date("2026-11-20T17:00:00Z");

describe("the bytes of a file", () => {
  const words = "título;cuántos\nفراش;3\n🍞 pan;2";
  const utf16 = (big: boolean, mark: boolean) => {
    const bytes = Buffer.from((mark ? "\uFEFF" : "") + "title,qty\nbread,2\n", "utf16le");
    return big ? bytes.swap16() : bytes;
  };
  it("are read whatever wrote them", () => {
    expect(decode(Buffer.from(words)).text).toBe(words);
    expect(decode(Buffer.from(`\uFEFF${words}`)).text.replace("\uFEFF", "")).toBe(words);
    for (const big of [false, true])
      for (const mark of [false, true])
        expect(decode(utf16(big, mark)).text.replace("\uFEFF", "")).toBe("title,qty\nbread,2\n");
    expect(decode(Buffer.from("t\u00edtulo;ma\u00f1ana \u20ac", "latin1").fill(0x80, 14)).encoding).toBe(
      "windows-1252",
    );
    expect(decode(Buffer.from([0x6d, 0x61, 0xf1, 0x61, 0x6e, 0x61, 0x80]))).toEqual({
      text: "mañana€",
      encoding: "windows-1252",
    });
  });
  test("never throw, and keep what they are when they are text", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => typeof decode(bytes).text === "string"));
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        fc.pre(!text.includes("\0") && !text.startsWith("\uFEFF"));
        expect(decode(Buffer.from(`\uFEFF${text}`, "utf16le")).text.replace("\uFEFF", "")).toBe(text);
      }),
    );
  });
});

describe("a table", () => {
  it.each([",", ";", "\t", "|"])(
    "parted by %j, below its title, with empty lines, quotes and line breaks in cells",
    (sign) => {
      const line = (...cells: string[]) =>
        cells
          .map((cell) => (/["\n]/.test(cell) || cell.includes(sign) ? `"${cell.replaceAll('"', '""')}"` : cell))
          .join(sign);
      const text = [
        "Requests of our pantry",
        "",
        line("What", "How many", "Phone"),
        line('6" pots, big', "2", "555"),
        "",
        line("two\nlines", "1", ""),
      ].join("\r\n");
      const { table } = readTable(text)!;
      expect(table.header).toEqual(["What", "How many", "Phone"]);
      expect(table.rows.map(({ cells }) => cells[0])).toEqual(['6" pots, big', "two\nlines"]);
      expect(table.rows.map(({ line: at }) => at)).toEqual([4, 6]);
    },
  );
  it("is none without a line below its heading", () => {
    for (const text of ["", "\n\n", "a,b,c", "   "]) expect(readTable(text)).toBeNull();
  });
  test("never throws", () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void readTable(text)));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('"', ",", ";", "\n", "\r", "a", "\t"), { maxLength: 60 }),
        (signs) => void readTable(signs.join("")),
      ),
    );
  });
});

describe("which column is what", () => {
  const guess = (...header: string[]): Mapping => guessMapping({ header, rows: [] });
  it("shows by its heading, in the languages people write", () => {
    expect(
      guess(
        "Timestamp",
        "Full Name",
        "Phone number",
        "What do you need?",
        "How many",
        "Neighborhood",
        "Priority",
        "Notes",
      ),
    ).toEqual(["created_at", "name", "phone", "title", "quantity", "place", "urgency", "details"]);
    expect(guess("Fecha", "Nombre", "Teléfono", "¿Qué necesita?", "Cantidad", "Barrio", "Dirección")).toEqual([
      "created_at",
      "name",
      "phone",
      "title",
      "quantity",
      "place",
      "address",
    ]);
    expect(guess("الاسم", "رقم الهاتف", "المطلوب", "العدد")).toEqual(["name", "phone", "title", "quantity"]);
    expect(guess("Shoe size", "Colour")).toEqual(["", ""]);
  });
  it("shows by its cells for phone numbers", () => {
    const rows = ["555-010-0199", "(555) 010 0188", ""].map((phone, line) => ({ line, cells: ["bread", phone] }));
    expect(guessMapping({ header: ["Item", "Contact info"], rows })[1]).toBe("phone");
  });
  it("tells needs and offers from kinds of things", () => {
    const table = (...cells: string[]) => ({
      header: ["Title", "Type"],
      rows: cells.map((cell, line) => ({ line, cells: ["x", cell] })),
    });
    expect(guessMapping(table("Need", "offer", ""))[1]).toBe("kind");
    expect(guessMapping(table("Hot meals", "Groceries", ""))[1]).toBe("category");
  });
  it("finds merged cells", () => {
    expect(looksMerged(["Food", "", "", "Clothes", ""])).toBe(true);
    expect(looksMerged(["Food", "Food", "Food", "Clothes"])).toBe(false);
    expect(looksMerged(["", "Food", "", ""])).toBe(false);
  });
});

describe("a date", () => {
  const read = (text: string, order: "mdy" | "dmy" = "mdy") =>
    readDate(text, { order, zone })?.at.toISOString() ?? null;
  it.each([
    ["2026-11-03", "2026-11-03T05:00:00.000Z"],
    ["11/3/2026", "2026-11-03T05:00:00.000Z"],
    ["11/3/26 2:30 pm", "2026-11-03T19:30:00.000Z"],
    ["11/3/2026 14:30:00", "2026-11-03T19:30:00.000Z"],
    ["25/12/2026", "2026-12-25T05:00:00.000Z"],
    ["3.11.2026", "2026-11-03T05:00:00.000Z"],
    ["Nov 3, 2026", "2026-11-03T05:00:00.000Z"],
    ["3 de noviembre de 2026", "2026-11-03T05:00:00.000Z"],
    ["46329", "2026-11-03T05:00:00.000Z"],
    ["46329.5", "2026-11-03T17:00:00.000Z"],
    ["2026-11-03T12:00:00Z", "2026-11-03T12:00:00.000Z"],
  ])("%s", (text, at) => expect(read(text)).toBe(at));
  it("is the day first where it is so there", () => {
    expect(read("3/11/2026", "dmy")).toBe("2026-11-03T05:00:00.000Z");
    expect(guessOrder(["3/11/2026", "25/11/2026"])).toBe("dmy");
    expect(guessOrder(["3/11/2026", "11/25/2026"])).toBe("mdy");
    expect(guessOrder(["3/11/2026"])).toBeNull();
  });
  it.each(["", "soon", "31/2/2026", "99999", "13/13/2026", "2026-02-30", "11/3/2026 25:00", "0/0/0", "12"])(
    "is not %j",
    (text) => expect(read(text)).toBeNull(),
  );
});

const size = { key: "size", several: true, options: [{ key: "child" }, { key: "large" }] };
const meals = {
  id: "00000000-0000-8000-8000-000000000001",
  names: ["Hot meals", "hot-meals", "Comida caliente"],
  defaultVisibility: "everyone" as const,
  fields: [size],
};
const group: GroupFacts = { names: ["Kitchen", "Cocina"], categories: [meals] };
const reading: Reading = { mapping: [], kind: "need", order: "mdy", fillDown: false };
const row = (cells: Cells) => readRow(7, cells, { reading, group, now, zone });
const good = (cells: Cells) => {
  const read = row(cells);
  if ("faults" in read) throw new Error(JSON.stringify(read.faults));
  return read.post;
};
const faultsOf = (cells: Cells) => {
  const read = row(cells);
  return "faults" in read ? read.faults.map(({ field, reason }) => `${field ?? "line"}: ${reason}`) : [];
};

describe("a line", () => {
  it("is a post with what its cells say", () => {
    expect(
      good({
        title: "Sopa 🍲",
        kind: "oferta",
        category: "comida caliente",
        quantity: "~12 platos",
        phone: "mom: (555) 010-0199",
        languages: "English, español",
        visibility: "todos",
        window_end: "12/1/2026",
        answers: '{"size":["child"]}',
      }),
    ).toMatchObject({
      title: "Sopa 🍲",
      kind: "offer",
      categoryId: meals.id,
      quantity: 12,
      phone: "+15550100199",
      languages: ["en", "es"],
      windowEnd: "2026-12-02T04:59:59.000Z",
      answers: { size: ["child"] },
    });
  });
  it("says what is wrong with it, all of it", () => {
    expect(
      faultsOf({
        title: "Bread",
        phone: "ask Maria",
        quantity: "some",
        category: "Zeppelins",
        window_end: "11/3/2020",
        lat: "95",
      }),
    ).toEqual(["category: category", "window_end: past", "quantity: quantity", "lat: spot", "phone: phone"]);
    expect(faultsOf({ title: "#REF!" })).toEqual(["title: formula"]);
    expect(faultsOf({ title: '=HYPERLINK("http://x","y")' })).toEqual(["title: formula"]);
    expect(faultsOf({ title: "Bread", status: "Done" })).toEqual(["status: closed"]);
    expect(faultsOf({ title: "Bread", group: "Medics" })).toEqual(["group: group"]);
    expect(faultsOf({ name: "Ana" })).toEqual(["line: empty"]);
    expect(faultsOf({ title: "Bread", phone: "555-010-0199 / 555-010-0188" })).toEqual(["phone: phone"]);
    for (const quantity of ["0", "-3", "2.5", "1,5", "10000000"])
      expect(faultsOf({ title: "Bread", quantity })).toEqual(["quantity: quantity"]);
  });
  it.each([
    ["1,000", 1000],
    ["1.000", 1000],
    ["12.0", 12],
    ["x3", 3],
    ["٣", 3],
    ["4 boxes", 4],
  ])("counts %s", (quantity, n) => expect(good({ title: "Bread", quantity }).quantity).toBe(n));
  it("keeps a title that is too long whole, in the details", () => {
    const long = "🍞 bread ".repeat(40).trim();
    const post = good({ title: long, details: "for many" });
    expect(post.title.length).toBeLessThanOrEqual(120);
    expect(post.title).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    expect(post.details).toBe(`${long}\nfor many`);
  });
  it("takes the apostrophe of our own files off, once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), (words) => {
        const details = words.replace(/[\0\s\u00ad\u200b-\u200f\u2060-\u2069\ufeff\u061c]+/g, " ").trim();
        fc.pre(details !== "" && !/^#(REF|N\/A|VALUE|NAME|DIV\/0|NULL|NUM)/i.test(details));
        const { table } = readTable(
          csvText([
            ["title", "details"],
            ["Bread", details],
          ]),
        )!;
        expect(good({ title: "Bread", details: table.rows[0]!.cells[1]! }).details).toBe(details);
      }),
    );
  });
  test("whatever is in its cells, it is a post or it says why not", () => {
    const fields = [
      "title",
      "details",
      "kind",
      "category",
      "quantity",
      "urgency",
      "window_end",
      "phone",
      "email",
      "lat",
      "answers",
      "languages",
      "status",
    ] as const;
    fc.assert(
      fc.property(
        fc.record(
          Object.fromEntries(
            fields.map((field) => [
              field,
              fc.oneof(fc.string(), fc.constantFrom("", "=1+1", "45123", "1/2/2026", "{}", "[1]", "null", "__proto__")),
            ]),
          ),
        ),
        (cells) => {
          const read = row(cells as Cells);
          if ("faults" in read) expect(read.faults.length).toBeGreaterThan(0);
          else expect(read.post.quantity).toBeGreaterThanOrEqual(1);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("many lines", () => {
  const check = (
    lines: string[][],
    more: Partial<Reading> = {},
    known: { code: string; kind: string; title: string; who: string | null; place: string | null }[] = [],
  ) =>
    checkTable(
      { header: [], rows: lines.map((cells, at) => ({ line: at + 2, cells })) },
      {
        reading: { ...reading, mapping: ["category", "title", "phone", "place"], ...more },
        group,
        now,
        zone,
        known,
        whoOf: (phone) => `who ${phone}`,
      },
    );
  it("fill merged cells from above, where they are meant so", () => {
    const lines = [
      ["Hot meals", "Soup", "", "Park"],
      ["", "Stew", "", ""],
      ["", "Rice", "", "Gate"],
    ];
    const { good: posts } = check(lines, { fillDown: true });
    expect(posts.map(({ categoryId, place }) => [categoryId, place])).toEqual([
      [meals.id, "Park"],
      [meals.id, "Park"],
      [meals.id, "Gate"],
    ]);
    expect(check(lines).good.map(({ place }) => place)).toEqual(["Park", null, "Gate"]);
  });
  it("come in once, in the file and on the board", () => {
    const { good: posts, bad } = check(
      [
        ["", "Soup", "555-010-0199", "Park"],
        ["", "SOUP!", "+1 555 010 0199", "Park"],
        ["", "Soup", "555-010-0188", "Park"],
        ["", "Bread", "555-010-0177", ""],
        ["", "🍞", "", "Park"],
        ["", "🧦", "", "Park"],
      ],
      {},
      [{ code: "7KM2", kind: "need", title: "bread", who: "who +15550100177", place: null }],
    );
    expect(posts.map(({ line }) => line)).toEqual([2, 4, 6, 7]);
    expect(bad.map(({ line, faults: [fault] }) => [line, fault!.reason, fault!.other])).toEqual([
      [3, "same_line", "2"],
      [5, "same_post", "7KM2"],
    ]);
  });
});
