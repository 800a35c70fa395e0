/** The rules, in the words of the report. */
export const RULES = {
  lost: "what was acknowledged is there",
  phantom: "nothing is there that nobody asked for, or that was refused",
  twice: "what was asked for once is there once",
  oversubscribed: "no more is promised than there is",
  balance: "what is left and what is promised make up the whole",
  event: "each claim has its event, each event its claim, once",
  path: "each state follows from the one before",
  outbox: "whoever is to be told has one text for it, and one only",
  provider: "the provider took each text that we say it took, and none twice",
  unsettled: "no event and no text is left lying",
} as const;

export type Rule = keyof typeof RULES;
export type Fault = { rule: Rule; what: string };

export function groupBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
