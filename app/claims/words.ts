import type { Units } from "#app/posts/post.ts";
import type { Text } from "#app/i18n/text.ts";
import type { Status } from "#app/ui/tag.tsx";
import type { ClaimStatus } from "./claim.ts";

/** "8 meals", "1 meal", or "8" where the post has no unit. */
export const amount = (t: Text, n: number, units: Units | null): string =>
  units ? t("claims.amount", { n, unit: isolated(n === 1 ? units.one : units.many) }) : t("claims.amount.bare", { n });

/** The stamp a claim's status wears. */
export const STAMP: Record<ClaimStatus, Status> = {
  promised: "taken",
  on_the_way: "moving",
  delivered: "wait",
  confirmed: "done",
  released: "back",
  lapsed: "late",
};

/** Words somebody typed, for inside a sentence: their direction stays their own (Unicode FSI and PDI). */
export const isolated = (words: string) => `\u2068${words}\u2069`;
