import { distanceKm } from "./distance.ts";
import type { Limit, PairFacts, Reason, Scored, Side } from "./match.ts";

/** How well an offer fits a need. PURE. */
export function score(need: Side, offer: Side, pair: PairFacts, now: Date, _zone: string): Scored {
  const km = distanceKm(need, offer);
  const broken: Limit[] = [];
  if (km !== null && km > 25) broken.push("far");
  if (!overlap(need, offer)) broken.push("time");
  const musts = pair.fields.filter(({ weighs, key }) => weighs === "must" && need.answers[key]);
  if (musts.some(({ key }) => !need.answers[key]!.every((one) => offer.answers[key]?.includes(one))))
    broken.push("must");
  const near = km === null ? 0.3 : Math.max(0, 1 - km / 25);
  const enough = Math.min(1, offer.remaining / need.remaining);
  const urgent = { urgent: 1, soon: 0.5, normal: 0 }[need.urgency];
  const waited = Math.min(1, Math.max(0, now.getTime() - need.createdAt.getTime()) / (48 * 3_600_000));
  const total = 0.3 * pair.fit + 0.3 * near + 0.1 * enough + 0.1 * urgent + 0.05 * waited + 0.15 * pair.words;
  const reasons: Reason[] = [];
  if (pair.fit === 1) reasons.push({ kind: "same_category" });
  if (km !== null && km < 5) reasons.push({ kind: "near", km });
  if (enough === 1) reasons.push({ kind: "enough" });
  if (urgent === 1) reasons.push({ kind: "urgent" });
  const strength = total > 0.7 ? "strong" : total > 0.4 ? "fair" : "weak";
  return { score: total, strength, reasons, broken, km };
}

function overlap(one: Side, other: Side): boolean {
  const starts = (a: Side, b: Side) => !a.windowStart || !b.windowEnd || a.windowStart <= b.windowEnd;
  return starts(one, other) && starts(other, one);
}
