/** Where PostgreSQL carries who looks at which post: codes and ids alone, nothing is stored. */
export const HERE_CHANNEL = "manyhands_here";

/** Somebody is said to be on a post for so long after they were last heard of there. */
export const HERE_MS = 30_000;

export type Here = { code: string; groupId: string; personId: string };

/** What came over the channel; null for anything else. */
export function parseHere(text: string): Here | null {
  try {
    const { code, groupId, personId } = JSON.parse(text) as Partial<Here>;
    return code && groupId && personId ? { code, groupId, personId } : null;
  } catch {
    return null;
  }
}
