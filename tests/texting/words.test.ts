import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import { asText } from "#app/texting/say.ts";

const IDS = [...readFileSync("app/i18n/catalogues/en/texting.po", "utf8").matchAll(/^msgid "(texting\..+)"$/gm)].map(
  ([, id]) => id as MessageId,
);

const LINE = "1) 4F2K Blankets for the night, 200 blankets, Maple Park No.";
/** As long as what the code hands over can be. */
const LONGEST: Record<string, string | number> = {
  n: 200,
  code: "4F2K",
  group: "Comfort and ca..",
  amount: "200 blankets",
  place: "Maple Park No..",
  title: "Warm blankets for the nigh..",
  unit: "warm blankets",
  left: 12,
  all: 200,
  back: 20,
  more: 3,
  lines: `${LINE} ${LINE} ${LINE}`,
  words: "blankets",
  question:
    "Where? Name a corner or a place: others can read it. A street with a number stays private. Reply 0 to skip.",
  ways: "1 4F2K or 1 7KQ2 or 1 NEW",
  until: "Sat, 11:59 PM",
  details: "",
  address: "1234 Northwest Oak Street, second floor, the green door",
  note: "Ring twice and wait",
  when: "tomorrow",
};
const CASES = [
  {
    kind: "need",
    placed: "yes",
    given: "yes",
    others: "no",
    closed: "no",
    timed: "yes",
    mine: "no",
    state: "open",
    named: "yes",
  },
  {
    kind: "offer",
    placed: "no",
    given: "no",
    others: "yes",
    closed: "yes",
    timed: "no",
    mine: "yes",
    state: "covered",
    named: "no",
  },
];

test.each(["en", "es"] as const)("%s: every reply is cheap letters and at most two segments", (locale) => {
  const t = textFor(locale);
  for (const id of IDS) {
    for (const given of CASES) {
      const values = {
        ...LONGEST,
        ...given,
        where: "place",
        what: "still_good_1",
        status: "promised",
        united: "yes",
        one: "1",
        other: "2",
      };
      const body = asText(t(id, values), locale);
      const { encoding, count } = segmentsOf(body);
      expect(encoding, body).toBe("GSM-7");
      expect(count, `${id}: ${body}`).toBeLessThanOrEqual(2);
      expect(body, id).not.toMatch(/[{}]/);
    }
  }
});
