import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
  GRACE_HOURS,
  MOST_ASKS,
  OFFER_MINUTES,
  PATIENCE_HOURS,
  RECEIPT_HOURS,
  SILENCE_HOURS,
  UNCONFIRMED_HOURS,
} from "#app/claims/claim.ts";
import { NEED_AGAIN_HOURS, STILL_NEEDED_HOURS } from "#app/questions/question.ts";

const rows = readFileSync("README.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const same = (cell: string) => [cell, cell, cell];
const byUrgency = (hours: Record<"urgent" | "soon" | "normal", number>) =>
  [hours.urgent, hours.soon, hours.normal].map((n) => `${n} h`);

it.each([
  ["PATIENCE_HOURS", byUrgency(PATIENCE_HOURS)],
  ["GRACE_HOURS", byUrgency(GRACE_HOURS)],
  ["MOST_ASKS", same(`${MOST_ASKS} ×`)],
  ["OFFER_MINUTES", same(`${OFFER_MINUTES} min`)],
  ["RECEIPT_HOURS", same(`${RECEIPT_HOURS.join(", ")} h`)],
  ["UNCONFIRMED_HOURS", same(`${UNCONFIRMED_HOURS} h`)],
  ["SILENCE_HOURS", same(`${SILENCE_HOURS} h`)],
  ["NEED_AGAIN_HOURS", same(`${NEED_AGAIN_HOURS} h`)],
  ["STILL_NEEDED_HOURS", same(`${STILL_NEEDED_HOURS} h`)],
])("the README tells %s as the code has it", (constant, cells) => {
  expect(rows.find(([what]) => what!.includes(`\`${constant}\``))?.slice(1)).toEqual(cells);
});
