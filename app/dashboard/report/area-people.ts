/** About how many people live in an area, and what it is called, as coordinators say. */
export type AreaPeople = { area: string; name: string; people: number };

/** An area as it can be spoken of: what was said of it, and what its posts call it. */
export type KnownArea = {
  area: string;
  name: string | null;
  people: number | null;
  place: string | null;
  posts: number;
};

/** The needs of a period beside how many people live there. */
export type AskRate = AreaPeople & { needs: number };

/** Needs for each 1,000 people. */
export const perThousand = ({ needs, people }: Pick<AskRate, "needs" | "people">): number => (needs * 1000) / people;

/** The areas whose people were said, those that ask least first. PURE. */
export function askRates(
  said: readonly AreaPeople[],
  areas: readonly { key: string | null; needs: number }[],
): AskRate[] {
  const needs = new Map(areas.map((area) => [area.key, area.needs]));
  return said
    .map((one) => ({ ...one, needs: needs.get(one.area) ?? 0 }))
    .toSorted((a, b) => perThousand(a) - perThousand(b) || b.people - a.people);
}

/** The most people an area of about 3 km can be said to have. */
export const MOST_PEOPLE = 1_000_000;
export const LONGEST_NAME = 30;

/** How many are meant by what was typed: `1,200`, `1 200` and `1.200` are the same; empty: nothing is said. Undefined: it is no such number. */
export function readPeople(typed: string): number | null | undefined {
  const digits = typed
    .trim()
    .replaceAll(/(?<=\d)[\s.,'’](?=\d{3}(?!\d))/gu, "")
    .replaceAll(/[٠-٩]/gu, (one) => String(one.charCodeAt(0) - 0x660));
  if (digits === "") return null;
  const people = /^\d{1,7}$/.test(digits) ? Number(digits) : Number.NaN;
  return people >= 1 && people <= MOST_PEOPLE ? people : undefined;
}
