import { phoneSpellings } from "#tests/e2e/canaries.ts";
import type { Scene } from "./scene.ts";
import type { Visit } from "./walk.ts";

/** Whoever holds the private link of a post counts as that, whoever is signed in beside it. */
const readerOf = ({ row, role }: Visit): string => (row.route.startsWith("routes/m.") ? "link" : role);

/** Which canaries an answer holds, as `field of whose`. */
export function canariesIn(body: string, { people, caller }: Pick<Scene, "people" | "caller">): string[] {
  const words = [...body.matchAll(/zq-([a-z]+)-([a-z]+)/g)].map(([, field, of]) => `${field} of ${of}`);
  const names = [...body.matchAll(/Zqname([a-z]+)/g)].map(([, of]) => `name of ${of}`);
  const small = body.toLowerCase();
  const phones = Object.entries({ ...people, caller }).flatMap(([role, { phone }]) =>
    phoneSpellings(phone).some((spelling) => small.includes(spelling)) ? [`phone of ${role}`] : [],
  );
  return [...new Set([...words, ...names, ...phones])];
}

/** Who saw which canary, and by which rows. */
export function sightings(visits: Visit[]): Map<string, Map<string, Set<string>>> {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const visit of visits) {
    for (const canary of visit.canaries) {
      const readers = found.get(canary) ?? new Map<string, Set<string>>();
      found.set(canary, readers);
      const reader = readerOf(visit);
      readers.set(reader, (readers.get(reader) ?? new Set()).add(visit.row.name));
    }
  }
  return found;
}
