import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { LOCALES, type Locale } from "#app/i18n/locales.ts";

const ROOT = "app/i18n/catalogues";

/** Every message of a language as it stands in the PO files: id → words. */
function messages(locale: Locale): Map<string, string> {
  const entries = readdirSync(`${ROOT}/${locale}`).flatMap((file) => {
    const lines = readFileSync(`${ROOT}/${locale}/${file}`, "utf8").replaceAll('"\n"', "");
    return [...lines.matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm)].map((match) => [match[1]!, match[2]!] as const);
  });
  return new Map(entries);
}

const english = messages("en");
const placeholders = (words: string) =>
  [...new Set([...words.matchAll(/\{([a-z]\w*)/g)].map((match) => match[1]!))].toSorted();
/** Words inside plural branches look like placeholders to the pattern above; only names the English text has count. */
const named = (words: string, names: string[]) => placeholders(words).filter((name) => names.includes(name));

describe.each(LOCALES.filter((locale) => locale !== "en"))("the catalogue of %s", (locale) => {
  const other = messages(locale);

  test("has the same messages as the English one, none of them empty", () => {
    expect([...other.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    expect([...other].filter(([, words]) => words.trim() === "").map(([id]) => id)).toEqual([]);
  });

  test("drops no value that the English sentence shows", () => {
    const dropped = [...english].filter(([id, words]) => {
      const names = placeholders(words).filter((name) => new RegExp(`\\{${name}[,}]`).test(words));
      return names.some((name) => !named(other.get(id) ?? "", names).includes(name));
    });
    expect(dropped.map(([id]) => id)).toEqual([]);
  });
});

test("no message is kept that nothing says", () => {
  const source = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes("compiled"))
    .map((file) => readFileSync(`app/${file}`, "utf8"))
    .join("\n");
  const patterns = [...source.matchAll(/`([a-z][\w.-]*\.?(?:\$\{[^`]*?\}[\w.-]*)+)`/g)].map(
    (match) => new RegExp(`^${match[1]!.replaceAll(".", "\\.").replace(/\$\{.*?\}/g, "[\\w.-]+")}$`),
  );
  const silent = [...english.keys()].filter(
    (id) => !source.includes(`"${id}"`) && !patterns.some((pattern) => pattern.test(id)),
  );
  expect(silent).toEqual([]);
});

test.each([
  ["en", 1, "1 need has waited more than 2 days"],
  ["en", 7, "7 needs have waited more than 2 days"],
  ["es", 1, /^1 /],
  ["ar", 2, /حاجتان|طلبان|احتياجان/],
] as const)("plurals follow the language: %s %i", (locale, n, expected) => {
  const said = textFor(locale)("dashboard.late" as MessageId, { n });
  if (typeof expected === "string") expect(said).toBe(expected);
  else expect(said).toMatch(expected);
});
