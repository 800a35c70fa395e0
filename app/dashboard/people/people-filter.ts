import type { Role } from "#app/groups/group.ts";
import { chosenQuery, parseChosen, USUAL_DAYS, type Chosen } from "../period.ts";

/** Somebody in one of the groups, as its coordinators see them. Times are Unix milliseconds. No number is ever here. */
export type GroupPerson = {
  personId: string;
  name: string | null;
  group: { id: string; slug: string; name: string };
  role: Role;
  state: "asked" | "active" | "left";
  alerts: boolean;
  since: number;
  vettedAt: number | null;
  /** A rest a coordinator gave them, or they took; null when neither lasts. */
  pausedUntil: number | null;
  /** The language they read our texts in first, then others they speak. */
  languages: string[];
  /** When they were last asked to help with a need of any group. */
  lastAsked: number | null;
  /** Can be asked to help now, and was not about a need of the groups in view, in the days that were chosen. */
  unasked: boolean;
  /** Promises in this group that are not delivered yet. */
  live: number;
};

export const SHOWS = ["all", "asking", "unchecked", "unasked", "resting", "busy", "coordinators"] as const;
export type Show = (typeof SHOWS)[number];
/** `chosen`: in which days somebody was not asked; it counts for `unasked` alone. */
export type PeopleFilter = { show: Show; q: string; group: string; chosen: Chosen };

export function parsePeople(query: URLSearchParams): PeopleFilter {
  const show = query.get("show") as Show;
  return {
    show: SHOWS.includes(show) ? show : "all",
    q: (query.get("q") ?? "").trim().slice(0, 80),
    group: query.get("group") ?? "",
    chosen: parseChosen(query),
  };
}

export function peopleHref(filter: Partial<PeopleFilter>, change: Partial<PeopleFilter> = {}): string {
  const { show = "all", q, group = "", chosen } = { ...filter, ...change };
  const more = { ...(show !== "all" && { show }), ...(q && { q }) };
  return `/coordinate/people${chosenQuery(group, (show === "unasked" && chosen) || USUAL_DAYS, more)}`;
}

const KEEPS: Record<Show, (person: GroupPerson) => boolean> = {
  all: () => true,
  asking: ({ state }) => state === "asked",
  unchecked: ({ vettedAt }) => vettedAt === null,
  unasked: ({ unasked }) => unasked,
  resting: ({ pausedUntil }) => pausedUntil !== null,
  busy: ({ live }) => live > 0,
  coordinators: ({ role }) => role === "coordinator",
};

/** Case and accents do not count: "jose" finds José. */
const folded = (text: string) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();

/**
 * Names are sealed in the database, so they are looked through and put in order here, after they were opened: A to Z by
 * the reader's language, who gave no name last.
 */
export function keptPeople(people: readonly GroupPerson[], { show, q }: PeopleFilter, locale: string): GroupPerson[] {
  const { compare } = new Intl.Collator(locale);
  const words = folded(q).split(/\s+/).filter(Boolean);
  const kept = people.filter((person) => {
    const name = folded(person.name ?? "");
    return KEEPS[show](person) && words.every((word) => name.includes(word));
  });
  return kept.toSorted(
    (a, b) => Number(a.name === null) - Number(b.name === null) || compare(a.name ?? "", b.name ?? ""),
  );
}
