import type { Text } from "#app/i18n/text.ts";
import type { Status } from "#app/ui/tag.tsx";
import type { ClaimStatus } from "./claim.ts";

/** "8 meals", or "8" where the post has no unit. */
export const amount = (t: Text, n: number, unit: string | null): string =>
  unit ? t("claims.amount", { n, unit: isolated(unit) }) : t("claims.amount.bare", { n });

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
