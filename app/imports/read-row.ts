import { checkAnswers, saidOnly } from "#app/groups/field-answers.ts";
import { LOCALES } from "#app/i18n/locales.ts";
import { parsePhone, westernDigits } from "#app/people/phone.server.ts";
import { LIMITS } from "#app/posts/post-input.ts";
import { foldWords } from "#app/sms/fold.ts";
import { KINDS, LANGUAGES, OVER, SEEN_BY, URGENCIES } from "./vocabulary.ts";
import type { ImportField } from "./columns.ts";
import { readDate } from "./dates.ts";
import type { Fault, GroupFacts, ImportedPost, Reading, Reason } from "./import.ts";

type Facts = { reading: Reading; group: GroupFacts; now: Date; zone: string };
/** The cells of a line by what they are; a field that no column is, is left out. */
export type Cells = Partial<Record<ImportField, string>>;

/** What is wrong with a cell. */
class Wrong extends Error {
  constructor(readonly reason: Reason) {
    super(reason);
  }
}

/**
 * One line of a file as a post, or everything that keeps it from being one. Words stay as they were written, emoji and all;
 * the apostrophe our own files put before what looks like a formula is taken off again, once. PURE.
 */
export function readRow(line: number, cells: Cells, facts: Facts): { post: ImportedPost } | { faults: Fault[] } {
  const faults: Fault[] = [];
  const text = (field: ImportField): string => {
    const cell = cells[field] ?? "";
    return /^'[=+\-@\t\r']/.test(cell) ? cell.slice(1) : cell;
  };
  const read = <T>(field: ImportField, of: (text: string) => T, empty: T): T => {
    const typed = text(field);
    if (typed === "") return empty;
    try {
      if (/^#(REF|N\/A|VALUE|NAME|DIV\/0|NULL|NUM)[!?]?$/i.test(typed)) throw new Wrong("formula");
      return of(typed);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      faults.push({ field, reason: error.reason });
      return empty;
    }
  };
  const words = (field: keyof typeof LIMITS & string, from: ImportField) =>
    read<string | null>(
      from,
      (typed) => (typed.length <= LIMITS[field as "details"] ? typed : wrong("too_long")),
      null,
    );

  if (read("status", (typed) => OVER.includes(foldWords(typed)), false))
    return { faults: [{ field: "status", reason: "closed" }] };
  const group = facts.group;
  read("group", (typed) => isCalled(typed, group.names) || wrong("group"), true);
  const category = read(
    "category",
    (typed) => group.categories.find(({ names }) => isCalled(typed, names)) ?? wrong("category"),
    null,
  );
  const { title, details } = titleOf(read("title", sane, ""), words("details", "details"), category?.names[0] ?? null);
  const kind = read("kind", (typed) => oneOf(KINDS, typed, "kind"), facts.reading.kind);
  const windowEnd = read("window_end", (typed) => endOf(typed, facts), null);
  const post: ImportedPost = {
    line,
    kind,
    categoryId: category?.id ?? null,
    title,
    details,
    quantity: read("quantity", quantityOf, 1),
    urgency: kind === "need" ? read("urgency", (typed) => oneOf(URGENCIES, typed, "urgency"), "normal") : "normal",
    windowStart: read("window_start", (typed) => dateOf(typed, facts).at.toISOString(), null),
    windowEnd,
    createdAt: read("created_at", (typed) => pastOf(typed, facts), null),
    place: words("place", "place"),
    lat: read("lat", (typed) => degrees(typed, 90), null),
    lng: read("lng", (typed) => degrees(typed, 180), null),
    name: words("name", "name"),
    phone: read("phone", phoneOf, null),
    email: read(
      "email",
      (typed) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed) && typed.length <= 254 ? typed : wrong("email")),
      null,
    ),
    address: words("address", "address"),
    privateNote: words("privateNote", "private_note"),
    visibility: read(
      "visibility",
      (typed) => oneOf(SEEN_BY, typed, "visibility"),
      category?.defaultVisibility ?? "everyone",
    ),
    languages: read("languages", languagesOf, []),
    locale: read(
      "locale",
      (typed) => LOCALES.find((locale) => locale === typed.toLowerCase()) ?? wrong("language"),
      null,
    ),
    answers: read("answers", (typed) => answersOf(typed, category?.fields ?? []), {}),
  };
  if (title === "" && faults.length === 0) faults.push({ field: null, reason: "empty" });
  return faults.length > 0 ? { faults } : { post: { ...post, ...bothOrNone(post) } };
}

function wrong(reason: Reason): never {
  throw new Wrong(reason);
}

/** A formula is no description of anything: its value got lost on the way. */
const sane = (typed: string): string => (/^=\s*[\p{L}"(+\-\d]/u.test(typed) ? wrong("formula") : typed);

/** A title that is too long goes on in the details; without one, the details begin it, or the kind of thing is it. */
function titleOf(
  typed: string,
  details: string | null,
  usual: string | null,
): { title: string; details: string | null } {
  if (typed.length > LIMITS.title)
    return {
      title: `${cut(typed, LIMITS.title - 1)}…`,
      details: [typed, details].filter(Boolean).join("\n").slice(0, LIMITS.details),
    };
  if (typed !== "") return { title: typed, details };
  if (usual !== null) return { title: usual, details };
  if (!details) return { title: "", details };
  return details.length <= LIMITS.title
    ? { title: details, details: null }
    : { title: `${cut(details, LIMITS.title - 1)}…`, details };
}

/** No letter of two units is cut through. */
const cut = (text: string, length: number): string =>
  text
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd();

const isCalled = (typed: string, names: readonly string[]): boolean => {
  const plain = (text: string) => foldWords(text).replace(/(?<=\p{L}{3})s\b/gu, "");
  return names.some((name) => plain(name) === plain(typed));
};

function oneOf<T extends string>(words: Record<T, string[]>, typed: string, reason: Reason): T {
  const said = foldWords(typed) || typed.trim();
  const found = (Object.keys(words) as T[]).find(
    (one) => one === said || words[one].some((word) => foldWords(word) === said),
  );
  if (found) return found;
  return reason === "urgency" && /^!+$/.test(typed) ? ("urgent" as T) : wrong(reason);
}

/** "12", "12 meals", "~1,000", "x3", Arabic digits; a part of a thing is none. */
function quantityOf(typed: string): number {
  const found = /^[~≈x×\s]*(\d{1,3}(?:[.,\s]\d{3})+|\d+)(?:[.,]0+)?(?![.,]?\d)\s*[^\d]*$/.exec(westernDigits(typed));
  const number = Number(found?.[1]?.replace(/[.,\s]/g, ""));
  return Number.isInteger(number) && number >= 1 && number <= LIMITS.quantity ? number : wrong("quantity");
}

const dateOf = (typed: string, { reading, zone }: Facts) =>
  readDate(westernDigits(typed), { order: reading.order, zone }) ?? wrong("date");

/** A day that is meant whole ends at its end. */
function endOf(typed: string, facts: Facts): string {
  const { at, wholeDay } = dateOf(typed, facts);
  const end = wholeDay ? new Date(at.getTime() + 86_400_000 - 1_000) : at;
  return end > facts.now ? end.toISOString() : wrong("past");
}

const YEARS = 5 * 366 * 86_400_000;

function pastOf(typed: string, facts: Facts): string {
  const { at } = dateOf(typed, facts);
  return at <= facts.now && facts.now.getTime() - at.getTime() < YEARS ? at.toISOString() : wrong("date");
}

function degrees(typed: string, most: number): number {
  const number = Number(typed.replace(/^(-?\d{1,3}),(\d+)$/, "$1.$2"));
  return Math.abs(number) <= most ? number : wrong("spot");
}

const bothOrNone = ({ lat, lng }: ImportedPost) =>
  lat === null || lng === null ? { lat: null, lng: null } : { lat, lng };

/** A number as it is written, with words about it ("mom, 555-010-0199") or as a spreadsheet counts it ("15550100199.0"); two are none. */
function phoneOf(typed: string): string {
  const whole = parsePhone(typed.replace(/^(\d{7,15})\.0$/, "$1"));
  if (whole) return whole;
  const found = [...westernDigits(typed).matchAll(/\+?\(?\d[\d\s().-]{6,18}\d/g)].map(([text]) => parsePhone(text));
  return found.length === 1 && found[0] ? found[0] : wrong("phone");
}

function languagesOf(typed: string): string[] {
  const said = typed
    .split(/[,;/&+|]|\s+(?:and|y|و)\s+/)
    .map((word) => foldWords(word))
    .filter((word) => word !== "");
  const list = said.length === 1 && /^[a-z]{2,3}( [a-z]{2,3})*$/.test(said[0]!) ? said[0]!.split(" ") : said;
  const codes = list.map((word) => {
    const named = Object.keys(LANGUAGES).find((code) => LANGUAGES[code]!.some((name) => foldWords(name) === word));
    return named ?? (/^[a-z]{2,3}$/.test(word) ? word : wrong("language"));
  });
  return [...new Set(codes)].slice(0, 10);
}

function answersOf(typed: string, fields: GroupFacts["categories"][number]["fields"]) {
  let given: unknown;
  try {
    given = JSON.parse(typed);
  } catch {
    return wrong("answers");
  }
  const isAnswers = (value: unknown): value is Record<string, string[]> =>
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((list) => Array.isArray(list) && list.every((one) => typeof one === "string"));
  if (!isAnswers(given)) return wrong("answers");
  const { answers, wrong: faulty } = checkAnswers(fields, given);
  return faulty.length === 0 ? saidOnly(answers) : wrong("answers");
}
