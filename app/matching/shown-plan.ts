import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { leftWords, whenWords } from "#app/posts/post-words.ts";
import type { PostView, Units } from "#app/posts/post.ts";
import type { Strength } from "./match.ts";
import { quantityName } from "./plan-form.ts";
import { pairName, type PlanWishes } from "./plan-query.ts";
import type { Plan, PlannedPair } from "./plan.ts";
import { reasonWords } from "./reason-words.ts";

type ShownPost = {
  code: string;
  href: string;
  title: string;
  place: string | null;
  left: string;
  when: string | null;
  urgent: boolean;
};
export type ShownPair = {
  /** Of the pair, and of the field that says how many. */
  name: string;
  field: string;
  offer: ShownPost;
  quantity: number;
  most: number;
  units: Units | null;
  strength: Strength;
  why: string[];
  kept: boolean;
};
/** A need with what it gets; `missing` is how much it would still lack. */
export type ShownLine = { need: ShownPost; pairs: ShownPair[]; missing: number; units: Units | null };

/** A plan in the reader's words: strings only. Needs keep the order in which they came: those that get something, then the others. */
export type ShownPlan = {
  lines: ShownLine[];
  without: ShownLine[];
  /** Needs that get all, and that get a part of it. */
  full: number;
  part: number;
  unused: number;
  cut: boolean;
};

export function shownPlan(plan: Plan, kept: PlanWishes["kept"], about: About): ShownPlan {
  const missing = new Map(plan.unmet.map(({ need, left }) => [need.code, left]));
  const keeps = new Set(kept.map(pairName));
  const byNeed = new Map<string, ShownLine>();
  const lineOf = (need: PostView): ShownLine => {
    const line = byNeed.get(need.code) ?? {
      need: shownPost(need, about),
      pairs: [],
      missing: missing.get(need.code) ?? 0,
      units: need.units,
    };
    byNeed.set(need.code, line);
    return line;
  };
  for (const pair of plan.pairs) lineOf(pair.need).pairs.push(shownPair(pair, keeps, about));
  for (const { need } of plan.unmet) lineOf(need);
  const all = [...byNeed.values()];
  const lines = all.filter(({ pairs }) => pairs.length > 0);
  return {
    lines,
    without: all.filter(({ pairs }) => pairs.length === 0),
    full: lines.filter((line) => line.missing === 0).length,
    part: lines.filter((line) => line.missing > 0).length,
    unused: plan.unusedOffers,
    cut: plan.cut,
  };
}

type About = { t: Text; locale: Locale; now: Date };

const shownPost = (post: PostView, { t, locale, now }: About): ShownPost => ({
  code: post.code,
  href: `/p/${post.code}`,
  title: post.title,
  place: post.place,
  left: leftWords(t, post),
  when: whenWords(t, locale, post, now),
  urgent: post.urgency === "urgent",
});

function shownPair({ need, offer, quantity, most, ...pair }: PlannedPair, keeps: Set<string>, about: About): ShownPair {
  const codes = { needCode: need.code, offerCode: offer.code };
  return {
    name: pairName(codes),
    field: quantityName({ ...codes, quantity }),
    offer: shownPost(offer, about),
    quantity,
    most,
    units: need.units,
    strength: pair.strength,
    why: pair.reasons.map((reason) => reasonWords(about.t, about.locale, reason)),
    kept: keeps.has(pairName(codes)),
  };
}
