import type { PersonCtx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { dateFormat } from "#app/i18n/date-format.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { audienceSentence } from "./audience-words.server.ts";
import { countAudience, type To } from "./audience.server.ts";
import type { AudienceCount } from "./audience.ts";
import { audienceChoices } from "./choices.server.ts";
import { minutesFor } from "./cost.ts";
import type { Broadcast } from "./get-broadcast.server.ts";
import { broadcastProgress, segmentsThisMonth, sendingRate } from "./progress.server.ts";
import { segmentsFor } from "./words.ts";

export type Counted = { sentence: string; count: AudienceCount };

/** An audience in words and in numbers. @throws Problem `not-allowed`. */
export async function countInWords(ctx: PersonCtx, to: To, locale: Locale): Promise<Counted> {
  const sentence = await audienceSentence(ctx, to, locale);
  return { sentence, count: await countAudience(ctx, to) };
}

/** What the step "who" shows. */
export async function whoStep(ctx: PersonCtx, id: string, to: To, locale: Locale) {
  const [choices, counted] = await Promise.all([audienceChoices(ctx, locale), countInWords(ctx, to, locale)]);
  return { step: "who" as const, id, groupId: to.groupId, audience: to.audience, choices, ...counted };
}

/** What the steps "what" and "check" need to say sizes, costs and times, beside the broadcast itself. */
async function figuresOf(ctx: PersonCtx, broadcast: Broadcast, locale: Locale) {
  const [counted, monthSegments, rate] = await Promise.all([
    countInWords(ctx, broadcast, locale),
    segmentsThisMonth(ctx, broadcast.groupId),
    sendingRate(ctx),
  ]);
  const { lastAt } = counted.count;
  const time = dateFormat(locale, {
    timeZone: homeZone(),
    weekday: "long",
    hour: "numeric",
    minute: "2-digit",
  });
  return { ...counted, monthSegments, rate, quietUntil: lastAt ? time.format(new Date(lastAt)) : null };
}

export async function whatStep(ctx: PersonCtx, broadcast: Broadcast, locale: Locale) {
  const { id, words, frame, version } = broadcast;
  return { step: "what" as const, id, words, frame, version, ...(await figuresOf(ctx, broadcast, locale)) };
}

/** The last look: before its author sends it, and before somebody else lets it go. */
export async function checkStep(ctx: PersonCtx, broadcast: Broadcast, locale: Locale) {
  const { id, words, frame, version, state, author } = broadcast;
  const figures = await figuresOf(ctx, broadcast, locale);
  const segments = segmentsFor(frame, words, figures.count.readers);
  return {
    step: "check" as const,
    id,
    words,
    frame,
    version,
    waiting: state === "waiting",
    mine: author.id === ctx.person.id,
    author: author.name,
    segments,
    minutes: minutesFor(segments, figures.rate),
    testKey: newId(ctx.now),
    ...figures,
  };
}

/** How it goes, once it was let go. */
export async function sentStep(ctx: PersonCtx, broadcast: Broadcast, locale: Locale) {
  const { id, words, frame, state, pausedWhy, recipients, author, approver, endedAt } = broadcast;
  const [sentence, progress] = await Promise.all([
    audienceSentence(ctx, broadcast, locale),
    broadcastProgress(ctx, broadcast),
  ]);
  const justEnded = endedAt !== null && ctx.now.getTime() - endedAt.getTime() < 10 * 60_000;
  return {
    step: "sent" as const,
    id,
    words,
    frame,
    state,
    pausedWhy,
    recipients,
    sentence,
    progress,
    author: author.name,
    approver: approver && { name: approver.name },
    /** Figures may still change by themselves: the page looks again. */
    live: state === "sending" || justEnded,
  };
}

export type WhoData = Awaited<ReturnType<typeof whoStep>>;
export type WhatData = Awaited<ReturnType<typeof whatStep>>;
export type CheckData = Awaited<ReturnType<typeof checkStep>>;
export type SentData = Awaited<ReturnType<typeof sentStep>>;
export type StepData = WhoData | WhatData | CheckData | SentData;
