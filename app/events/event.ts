/**
 * Everything that can happen. A verb writes one of these in the statement that makes the change; the worker later asks
 * `notifications/recipients.ts` who should hear of it. `data` carries numbers, codes and reasons, never anything sealed.
 */
export type EventData = {
  "post.published": { quantity: number };
  /** `concerns`: why it had waited, for whoever takes the approval back. */
  "post.approved": { revision?: number; concerns?: string[] };
  /** `was`: the words that were there before, kept only while a coordinator can still take theirs back. */
  "post.edited": { quantity: number; remaining: number; revision?: number; was?: object };
  /** `was`, `was_unapproved` and `revision`: how it stood before and counts after, so that it can be taken back. */
  "post.closed": { reason: ClosedReason; was?: string; was_unapproved?: boolean; revision?: number };
  /** A coordinator cut this post off another (`code`). */
  "post.split": { code: string; quantity: number };
  /** Another group sent it to this one. */
  "post.sent_on": { revision?: number; was?: object };
  /** It is the same as another (`code`), which goes on for both; so many promises moved there. `was`: which, and who waited. */
  "post.merged": { code: string; moved: number; revision?: number; was?: object };
  /** Somebody else has taken this promise over; `made` is theirs, `was` how this one stood. */
  "claim.reassigned": {
    quantity: number;
    was?: string;
    nudge_at?: string | null;
    ask_at?: string | null;
    made?: string;
  };
  /** A coordinator made a file of so many posts of the group, with contact data or without. */
  "posts.exported": { posts: number; contacts: boolean; why?: ExportReason };
  /** A coordinator brought a list of so many posts in; or had it taken back. */
  "posts.imported": { posts: number };
  "posts.import_undone": { posts: number };
  /** How much of what had been kept long enough was erased, by rule. */
  "data.purged": Record<string, number>;
  /** Somebody deleted everything about themselves, or, with its private link, all about one post. */
  "person.erased": Record<never, never>;
  "post.erased": Record<never, never>;
  /** Somebody has another number; `personId` has their old one. And that one took it back. */
  "person.number_changed": { personId: string };
  "person.number_restored": { personId: string };
  /** A coordinator gave this member another role. */
  "member.role": { personId: string; role: string };
  /** A coordinator changed how a group works, or what it says of itself. */
  "group.changed": Record<never, never>;
  /** Whoever did it took it back in time; nobody was told. `type` is what it was. */
  "act.undone": { type: string };
  /** `was`: the closed post as it was, to put it back. */
  "post.reopened": { remaining: number; was?: Record<string, string | number | boolean | null> };
  "post.claimed": { quantity: number; remaining: number };
  "claim.on_the_way": { quantity: number };
  /** `quantity` arrived; `returned` went back to the post. */
  "claim.delivered": { quantity: number; returned: number };
  /** `silent`: nobody said so; nobody disputed it either, for long enough. */
  "claim.confirmed": { quantity: number; silent?: boolean };
  /** `closed` where nobody handed it back, but its post was closed, for this reason. `not_arrived`: its receiver says
   * that nothing came. */
  "claim.released": {
    quantity: number;
    remaining: number;
    closed?: ClosedReason;
    not_arrived?: boolean;
    was?: string;
    nudge_at?: string;
    ask_at?: string;
  };
  "claim.lapsed": { quantity: number; remaining: number };
  /** The claimer was reminded half way to the due time. */
  "claim.nudged": { nudge_at?: string | null; nudged_at?: string | null };
  /** Their promise holds for longer: they said so, or a coordinator did. */
  "claim.extended": Record<never, never>;
  /** The receiver was asked twice whether it came and did not say, or said no. */
  "claim.unconfirmed": { said?: "no" };
  /** One person is asked something that 1 or 2 answers. */
  "question.asked": { questionId: string; kind: QuestionKind; quantity?: number };
  /** Its author says that it is still needed, or still there: it stays up longer. */
  "post.extended": Record<never, never>;
  /** `personId` waited for this post and is told first that something is open again. */
  "post.offered_next": { personId: string };
  /** The next people are asked to help with a need; who they are stands in `asks`. 0 and below: a coordinator asked by hand. */
  "need.wave": { wave: number };
  /** A coordinator has people asked again, those who were asked before too. */
  "need.asked_again": { before?: Record<string, string | number | null> | null };
  /** Somebody says that something in the relay of this claim is wrong; `actorId` is who. */
  "relay.reported": Record<never, never>;
  /** A coordinator read a reported relay. */
  "relay.read": Record<never, never>;
  /** `personId` is who wants to join; whoever accepted them is the actor of `group.joined`. */
  /** A text to many needs a second coordinator of the group to let it go. */
  "broadcast.waiting": Record<never, never>;
  "group.join_asked": { personId: string };
  "group.joined": { personId: string };
  /** Somebody entitled looked at the contact, address or private note of a post. */
  "contact.seen": Record<never, never>;
  /** A coordinator asked its author something, by text in their own words. */
  "post.author_asked": Record<never, never>;
  /** A coordinator looked at what stood out in a post, and it may stay as it is. */
  "post.looked_at": Record<never, never>;
  /** A coordinator's group, or with `everywhere` nobody here, deals with this person's number any more; or does again. */
  "person.blocked": { personId: string; everywhere: boolean };
  "person.unblocked": { personId: string; everywhere: boolean };
  /** A suggested pair is put aside for a while; `offer` is the offer's code, the event's post the need. */
  "match.dismissed": { offer: string; reason: DismissReason };
  /** The authors of two posts are not to be brought together; who they are stands in `kept_apart`. */
  "people.kept_apart": Record<never, never>;
  /** What coordinators did with somebody's texts; `threadId` is the id of `text_threads`. */
  "thread.answered": { threadId: string; textId: string };
  "thread.handed_over": { threadId: string };
  "thread.put_away": { threadId: string };
  /** Their texts became this post. */
  "thread.need_made": { threadId: string; code: string };
  /** A coordinator looked at the whole number. */
  "thread.number_seen": { threadId: string };
  /** The code is made from `challengeId` with the data key, so the worker can text it and the database alone cannot. */
  "sign_in.asked": { challengeId: string };
  /** `personId` can prove who they are by one more thing, or one less; the actor is who changed it, nobody where an operator did. */
  "second_step.added": { personId: string; kind: SecondStepKind };
  "second_step.removed": { personId: string; kind: SecondStepKind | "all" };
};

/** A passkey, an app that shows codes, or codes on paper. */
export type SecondStepKind = "passkey" | "app" | "paper";

/** `db/schema/questions.ts` says what each asks. */
export type QuestionKind = "still_good" | "got_it" | "need_again" | "still_needed";

/** What a file with contact data is for. */
export const EXPORT_REASONS = ["delivery", "calls", "handover", "other"] as const;
export type ExportReason = (typeof EXPORT_REASONS)[number];

/** Why a suggested pair is put aside. */
export const DISMISS_REASONS = ["busy", "too_far", "not_a_fit", "conflict", "other"] as const;
export type DismissReason = (typeof DISMISS_REASONS)[number];

export type ClosedReason = "fulfilled" | "withdrawn" | "expired" | "met_for_now" | "declined";
export type EventType = keyof EventData;

/** An event as it is read back. `actorId` is null for the author by private link and for the clock. */
export type RecordedEvent<T extends EventType = EventType> = {
  [K in T]: {
    id: number;
    type: K;
    groupId: string | null;
    postId: string | null;
    claimId: string | null;
    actorId: string | null;
    data: EventData[K];
    at: Date;
  };
}[T];
