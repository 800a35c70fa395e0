import type { RecordedEvent } from "#app/events/event.ts";
import type { Translations } from "#app/i18n/locales.ts";
import type { PostKind, PostStatus, Urgency, Visibility } from "#app/posts/post.ts";

/** What is known about an event when it is decided who hears of it, and in what words. Names are already opened. */
export type Facts = {
  event: RecordedEvent;
  group: {
    id: string;
    name: string;
    translations: Translations;
    moderates: boolean;
    /** What it tells who joins; other languages stand in its translations. */
    welcome?: string | null;
    quiet?: { from: number; to: number } | null;
  } | null;
  post: {
    id: string;
    code: string;
    kind: PostKind;
    title: string;
    place: string | null;
    urgency: Urgency;
    visibility: Visibility;
    status: PostStatus;
    remaining: number;
    authorId: string;
    /** It came from a number that is blocked. */
    blocked?: boolean;
    /** The unit of its category, with its translations; null without a category. */
    unit: { unit: string; unitOne: string; translations: Translations } | null;
  } | null;
  claim: {
    personId: string;
    eta: Date | null;
    /** The offer that backs the claim. */
    offer: { code: string; authorId: string } | null;
  } | null;
  /** Whom a question is put to or a wave goes to; `offer` is the code of an offer of theirs that fits. */
  asked: { personId: string; offer: string | null }[];
  /** Active members of the group who may want to hear: a coordinator, or somebody who hears of claims. */
  members: Member[];
};

export type Member = {
  personId: string;
  role: "volunteer" | "coordinator";
  hearsClaims: boolean;
};
