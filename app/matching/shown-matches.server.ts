import { newToken } from "#app/core/ids.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { inLocale, type Locale } from "#app/i18n/locales.ts";
import { leftWords, whenWords } from "#app/posts/post-words.ts";
import type { PostKind, Units } from "#app/posts/post.ts";
import { findMatches } from "./find-matches.server.ts";
import type { Match } from "./match.ts";
import { reasonWords, relaxedWords } from "./reason-words.ts";

/** A match in the reader's words, ready for a page. */
export type ShownMatch = {
  code: string;
  href: string;
  kind: PostKind;
  title: string;
  place: string | null;
  left: string;
  when: string | null;
  why: string[];
  /** As much as one could give the other; null for another kind of thing, which is asked for by itself. */
  quantity: number | null;
  /** What was wished for and is not there, in the reader's words. */
  lacks: string | null;
  units: Units | null;
  /** Of the form that brings them together: one form shown does it once. */
  key: string;
};

/** What fits a post. `near`: all that is shown is close by. `beyond`: what had to be let go of to find anything. */
export type ShownMatches = { found: number; near: boolean; beyond: string[]; items: ShownMatch[] };

const SHOWN = 3;
const COUNTED = 10;

type Ref = { code: string } | { token: string };

/**
 * The best few of what fits a post that is still open, or null when nothing does. The caller has let the asker see the
 * post, whose page is more than its matches: a fault in finding them is logged and shows none.
 */
export async function shownMatches(ctx: Ctx, ref: Ref, locale: Locale): Promise<ShownMatches | null> {
  try {
    return await findShown(ctx, ref, locale);
  } catch (error) {
    ctx.log.error("matches failed", errorFields(error));
    return null;
  }
}

async function findShown(ctx: Ctx, ref: Ref, locale: Locale): Promise<ShownMatches | null> {
  const { items, relaxed } = await findMatches(ctx, ref, locale, COUNTED);
  if (items.length === 0) return null;
  const t = textFor(locale);
  const shown = items.slice(0, SHOWN);
  return {
    found: items.length,
    near: shown.every(({ reasons }) => reasons.some(({ kind }) => kind === "near" || kind === "same_area")),
    beyond: relaxedWords(t, relaxed),
    items: shown.map((match) => shownMatch(ctx, match, locale)),
  };
}

/** @param match of any kind; `key` is made here, so one shown form brings two together once. */
export function shownMatch(ctx: Ctx, { post, reasons, quantity, lacks }: Match, locale: Locale): ShownMatch {
  const t = textFor(locale);
  return {
    code: post.code,
    href: `/p/${post.code}`,
    kind: post.kind,
    title: post.title,
    place: post.place,
    left: leftWords(t, post),
    when: whenWords(t, locale, post, ctx.now),
    why: reasons.map((reason) => reasonWords(t, locale, reason)),
    quantity,
    lacks: lacks && inLocale(lacks, "label", locale),
    units: post.units,
    key: newToken(),
  };
}
