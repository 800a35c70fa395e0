import { homeZone } from "#app/core/time-zone.ts";
import type { RecordedEvent } from "#app/events/event.ts";
import { dateFormat } from "#app/i18n/date-format.ts";
import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { shownState, type PostKind, type PostView, type ShownState } from "#app/posts/post.ts";

/** A post in the reader's words, ready for a card: strings only, so that it travels as JSON and costs a view nothing. */
export type PostCardView = {
  code: string;
  href: string;
  kind: PostKind;
  title: string;
  about: string;
  place: string | null;
  state: ShownState;
  stateWords: string;
  left: string;
  when: string | null;
  waiting: string;
  createdAt: string;
};

export function cardOf(t: Text, locale: Locale, post: PostView, now: Date): PostCardView {
  const state = shownState(post);
  return {
    code: post.code,
    href: `/p/${post.code}`,
    kind: post.kind,
    title: post.title,
    about: post.category?.name ?? post.group.name,
    place: post.place,
    state,
    stateWords: t(`posts.state.${state}`),
    left: leftWords(t, post),
    when: whenWords(t, locale, post, now),
    waiting: waitingWords(t, post, now),
    createdAt: post.createdAt.toISOString(),
  };
}

/** "12 of 40 meals still needed", "All promised", "8 books to give". */
export function leftWords(
  t: Text,
  post: Pick<PostView, "kind" | "quantity" | "remaining" | "unit" | "status">,
): string {
  const { quantity, remaining } = post;
  if (post.status !== "closed" && remaining === 0) return t("posts.left.none");
  if (post.unit) return t(`posts.left.${post.kind}`, { quantity, remaining, unit: post.unit });
  return t(`posts.left.${post.kind}_plain`, { quantity, remaining });
}

const HOUR = 3_600_000;

export function waitingWords(t: Text, post: Pick<PostView, "createdAt" | "kind">, now: Date): string {
  const hours = Math.floor((now.getTime() - post.createdAt.getTime()) / HOUR);
  if (hours < 1) return t("posts.waiting.new");
  const days = Math.floor(hours / 24);
  return days < 2
    ? t(`posts.waiting.hours_${post.kind}`, { n: hours })
    : t(`posts.waiting.days_${post.kind}`, { n: days });
}

/** "Needed today", "Needed by Tuesday, November 24"; null when it can wait. */
export function whenWords(
  t: Text,
  locale: Locale,
  post: Pick<PostView, "kind" | "windowEnd" | "windowStart" | "urgency">,
  now: Date,
): string | null {
  if (!post.windowEnd) return post.urgency === "urgent" ? t("posts.when.now") : null;
  if (dayOf(post.windowEnd) < dayOf(now))
    return t(`posts.when.past_${post.kind}`, { day: dayWords(locale, post.windowEnd) });
  if (dayOf(post.windowEnd) === dayOf(now)) return t(`posts.when.today_${post.kind}`);
  return t(`posts.when.by_${post.kind}`, { day: dayWords(locale, post.windowEnd) });
}

export const dayWords = (locale: Locale, at: Date) =>
  dateFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: homeZone() }).format(at);

export const momentWords = (locale: Locale, at: Date) =>
  dateFormat(locale, {
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
    timeZone: homeZone(),
  }).format(at);

/** The calendar day in the neighbourhood, as a text that sorts: `2026-11-22`. */
const dayOf = (at: Date) => dateFormat("sv-SE", { timeZone: homeZone() }).format(at);

export type HistoryLine = { key: string; words: string; when: string };

/** What happened to a post, newest first, for anybody who may see it: numbers, never names. */
export function historyLines(t: Text, locale: Locale, kind: PostKind, events: RecordedEvent[]): HistoryLine[] {
  return events
    .map((event) => ({ key: String(event.id), words: eventWords(t, kind, event), when: momentWords(locale, event.at) }))
    .filter((line): line is HistoryLine => line.words !== null)
    .toReversed();
}

function eventWords(t: Text, kind: PostKind, event: RecordedEvent): string | null {
  switch (event.type) {
    case "post.published":
      return t(`posts.event.published_${kind}`);
    case "post.approved":
      return t("posts.event.approved");
    case "post.edited":
      return t("posts.event.edited");
    case "post.closed":
      return t(`posts.closed.${event.data.reason}`);
    case "post.extended":
      return t(`posts.event.extended_${kind}`);
    case "post.reopened":
      return t("posts.event.reopened");
    case "post.claimed":
      return t("posts.event.claimed", { quantity: event.data.quantity });
    case "claim.on_the_way":
      return t("posts.event.on_the_way", { quantity: event.data.quantity });
    case "claim.delivered":
      return t("posts.event.delivered", { quantity: event.data.quantity });
    case "claim.confirmed":
      return t("posts.event.confirmed", { quantity: event.data.quantity });
    case "claim.released":
      if (event.data.not_arrived) return t("posts.event.not_arrived", { quantity: event.data.quantity });
      return event.data.closed ? null : t("posts.event.released", { quantity: event.data.quantity });
    case "post.split":
      return t("posts.event.split", { code: event.data.code });
    case "post.merged":
      return t("posts.event.merged", { code: event.data.code });
    case "post.sent_on":
      return t("posts.event.sent_on");
    case "claim.lapsed":
      return t("posts.event.released", { quantity: event.data.quantity });
    default:
      return null;
  }
}
