import { expect, test } from "vitest";
import { titleOf } from "#app/texting/title.ts";

const blankets = { names: ["blankets", "Blankets", "Cobijas", "cobija", "cobijas"], plain: "Blankets" };
const title = (what: string | null) => titleOf(what, blankets);

test.each(["6 cobijas", "blankets", "Cobijas!", "20 blankets please", "some blankets"])(
  "%s says no more than the category does",
  (what) => expect(title(what)).toEqual({ title: "Blankets", aside: null }),
);

test.each(["4 warm blankets", "cobijas para dos ninos", "blankets for the camp on 5th and Main", "size 40 shoes"])(
  "%s is a title of its own",
  (what) => expect(title(what)).toEqual({ title: what, aside: null }),
);

test.each([
  "blankets at 123 Main Street",
  "cobijas en calle Morelos 12",
  "blankets, apt 4b",
  "blankets call 555 010 0199",
  "blankets ana@example.org",
])("%s is kept for whoever comes", (what) => expect(title(what)).toEqual({ title: "Blankets", aside: what }));

test("no words at all", () => expect(title(null)).toEqual({ title: "Blankets", aside: null }));
