import type { EventType, RecordedEvent } from "#app/events/event.ts";
import type { Facts, Member } from "./facts.ts";
import type { WordedTemplate } from "./template.ts";

/** `reason` is for people who ask "why did I get this?" and for tests; `offer` is the code of an offer of theirs that fits. */
export type Recipient = { personId: string; template: WordedTemplate; reason: string; offer?: string | null };

/**
 * Who hears of an event. Nobody is told what they did themselves, and nobody is told twice: the first reason wins.
 * A post for the team reaches its coordinators only.
 */
export function recipients(facts: Facts): Recipient[] {
  const told = new Set<string>(tellsActor(facts) || !facts.event.actorId ? [] : [facts.event.actorId]);
  return candidates(facts).filter(({ personId }) => {
    if (told.has(personId)) return false;
    told.add(personId);
    return true;
  });
}

/** A receipt, a sign-in code and a group's welcome go to the very person who asked. */
const tellsActor = (facts: Facts) =>
  facts.event.type === "post.published" ||
  facts.event.type === "sign_in.asked" ||
  (facts.event.type === "group.joined" && greets(facts));

/** The group says something of its own to who joins, in whatever language. */
const greets = ({ group }: Facts): boolean =>
  Boolean(group?.welcome || Object.values(group?.translations ?? {}).some((words) => words["welcome"]));

/** Nobody is texted about these. */
const SILENT = [
  "post.approved",
  "post.edited",
  "post.closed",
  "post.extended",
  "claim.extended",
  "contact.seen",
  "match.dismissed",
  "post.looked_at",
  "post.author_asked",
  "person.blocked",
  "person.unblocked",
  "people.kept_apart",
  "thread.answered",
  "thread.handed_over",
  "thread.put_away",
  "thread.need_made",
  "thread.number_seen",
  "relay.read",
  "act.undone",
  "posts.exported",
  "posts.imported",
  "posts.import_undone",
  "data.purged",
  "person.erased",
  "person.number_restored",
  "second_step.added",
  "second_step.removed",
  "post.erased",
  "member.role",
  "group.changed",
  "need.asked_again",
] as const satisfies EventType[];

const isSilent = (event: RecordedEvent): event is RecordedEvent<(typeof SILENT)[number]> =>
  SILENT.includes(event.type as (typeof SILENT)[number]);

function candidates(facts: Facts): Recipient[] {
  const { event, post } = facts;
  if (isSilent(event)) return [];
  switch (event.type) {
    case "sign_in.asked":
      return event.actorId ? [{ personId: event.actorId, template: "sign_in_code", reason: "asked for a code" }] : [];
    case "person.number_changed":
      return [{ personId: event.data.personId, template: "number_changed", reason: "it was their number" }];
    case "post.published":
      return post ? published(facts, post) : [];
    case "post.reopened":
      return post ? [{ personId: post.authorId, template: "reopened", reason: "author" }] : [];
    case "post.claimed":
      return post ? claimed(facts, post) : [];
    case "claim.on_the_way":
      return otherSide(facts, "on_the_way");
    case "claim.delivered":
      return otherSide(facts, "delivered");
    case "claim.confirmed":
      return event.data.silent ? [] : thanked(facts);
    case "claim.released":
      if (event.data.not_arrived) return toClaimer(facts, "not_arrived", "it did not come");
      return event.data.closed ? toClaimer(facts, "closed", "its post was closed") : handedBack(facts);
    case "claim.lapsed":
      return lapsed(facts);
    case "claim.reassigned":
      return toClaimer(facts, "reassigned", "somebody else has taken it over");
    case "post.split":
      return toAuthor(facts, "split");
    case "post.sent_on":
      return toAuthor(facts, "sent_on");
    case "post.merged":
      return toAuthor(facts, "merged");
    case "claim.nudged":
      return toClaimer(facts, "nudge", "half of the time is over");
    case "question.asked":
      return facts.asked.map(({ personId }) => ({
        personId,
        template: `ask_${event.data.kind}` as const,
        reason: "is asked",
      }));
    case "post.offered_next":
      return [{ personId: event.data.personId, template: "offered_next", reason: "is next in line" }];
    case "need.wave":
      return wave(facts, event.data.wave);
    case "claim.unconfirmed":
      return coordinators(facts).map(({ personId }) => ({ personId, template: "unconfirmed", reason: "coordinator" }));
    case "relay.reported":
      return coordinators(facts)
        .filter(({ personId }) => personId !== facts.claim?.personId && personId !== facts.post?.authorId)
        .map(({ personId }) => ({ personId, template: "relay_reported", reason: "coordinator" }));
    case "broadcast.waiting":
      return coordinators(facts).map(({ personId }) => ({
        personId,
        template: "broadcast_waiting",
        reason: "may let it go",
      }));
    case "group.join_asked":
      return coordinators(facts).map(({ personId }) => ({ personId, template: "join_asked", reason: "coordinator" }));
    case "group.joined":
      return [joined(facts, event.data.personId)];
  }
}

const joined = (facts: Facts, personId: string): Recipient =>
  greets(facts)
    ? { personId, template: "welcome", reason: "joined" }
    : { personId, template: "joined", reason: "was accepted" };

type Post = NonNullable<Facts["post"]>;

function published(facts: Facts, post: Post): Recipient[] {
  const template = post.kind === "need" ? "receipt_need" : "receipt_offer";
  const receipt: Recipient = { personId: post.authorId, template, reason: "author" };
  if (post.status !== "in_review") return [receipt];
  // Whoever is blocked hears nothing, and nobody is called to read it.
  if (post.blocked) return [];
  return [
    receipt,
    ...coordinators(facts).map(({ personId }) => ({ personId, template: "review" as const, reason: "coordinator" })),
  ];
}

function claimed(facts: Facts, post: Post): Recipient[] {
  const author: Recipient = {
    personId: post.authorId,
    template: post.kind === "need" ? "claimed" : "offer_claimed",
    reason: "author",
  };
  const offer = facts.claim?.offer;
  const giver: Recipient[] = offer
    ? [{ personId: offer.authorId, template: "offer_matched", reason: "author of the matched offer" }]
    : [];
  const byHand: Recipient[] =
    !offer && post.kind === "need" && facts.claim && facts.claim.personId !== facts.event.actorId
      ? [{ personId: facts.claim.personId, template: "assigned", reason: "a coordinator put them down for it" }]
      : [];
  const group = entitled(facts, post).filter((member) => member.hearsClaims);
  return [
    author,
    ...giver,
    ...byHand,
    ...group.map(({ personId }) => ({ personId, template: "group_claimed" as const, reason: "hears of claims" })),
  ];
}

/** The people of a wave, while the need can still be claimed. */
function wave({ post, asked }: Facts, n: number): Recipient[] {
  if (!post || post.status !== "open" || post.remaining === 0) return [];
  return asked.map((one) => ({ ...one, template: "new_need", reason: `wave ${n}` }));
}

const coordinators = (facts: Facts): Member[] => facts.members.filter((member) => member.role === "coordinator");
const entitled = (facts: Facts, post: Post): Member[] =>
  post.visibility === "team" ? coordinators(facts) : facts.members;

/** Progress of a claim goes to whoever did not make it: the author, or on an offer also the one who asked for it. */
function otherSide(facts: Facts, template: "on_the_way" | "delivered" | "released" | "lapsed"): Recipient[] {
  const { post, claim } = facts;
  if (!post || !claim) return [];
  const author: Recipient = { personId: post.authorId, template, reason: "author" };
  if (post.kind === "need") return [author];
  return [author, { personId: claim.personId, template, reason: "asked for it" }];
}

/** "It is open again" is news only while it is. */
const openAgain = (facts: Facts, template: "released" | "lapsed"): Recipient[] =>
  facts.post?.status === "closed" ? [] : otherSide(facts, template);

/** A promise ran out: its author hears that it is open again, and whoever made it, kindly, that nothing waits for them. */
const lapsed = ({ post, claim }: Facts): Recipient[] =>
  !post || !claim || post.status === "closed"
    ? []
    : [
        { personId: post.authorId, template: "lapsed", reason: "author" },
        { personId: claim.personId, template: "lapsed_thanks", reason: "promised it" },
      ];

/** Whoever promised hears of it too where somebody else handed it back. */
const handedBack = (facts: Facts): Recipient[] => {
  const others = openAgain(facts, "released");
  return others.length > 0 && facts.post?.kind === "need"
    ? [...others, ...toClaimer(facts, "handed_back", "promised it")]
    : others;
};

const toClaimer = (
  { claim }: Facts,
  template: "nudge" | "closed" | "not_arrived" | "handed_back" | "reassigned",
  reason: string,
): Recipient[] => (claim ? [{ personId: claim.personId, template, reason }] : []);

const toAuthor = ({ post }: Facts, template: "split" | "sent_on" | "merged"): Recipient[] =>
  post ? [{ personId: post.authorId, template, reason: "author" }] : [];

/** What was brought has arrived: the claimer of a need is thanked, or the author of an offer. */
function thanked({ post, claim }: Facts): Recipient[] {
  if (!post || !claim) return [];
  const giver = post.kind === "need" ? claim.personId : post.authorId;
  return [{ personId: giver, template: "confirmed", reason: "brought it" }];
}
