import { expect, test } from "vitest";
import type { EventData, EventType, RecordedEvent } from "#app/events/event.ts";
import type { Facts, Member } from "#app/notifications/facts.ts";
import { recipients } from "#app/notifications/recipients.ts";

const members: Member[] = [
  { personId: "volunteer", role: "volunteer", hearsClaims: false },
  { personId: "hears", role: "volunteer", hearsClaims: true },
  { personId: "lead", role: "coordinator", hearsClaims: true },
  { personId: "author", role: "volunteer", hearsClaims: true },
  { personId: "giver", role: "volunteer", hearsClaims: true },
];

type Given = Partial<NonNullable<Facts["post"]>> & { moderates?: boolean; offer?: boolean };

function told<T extends EventType>(type: T, data: EventData[T], actorId: string | null, given: Given = {}): string[] {
  const { moderates = false, offer = false, ...post } = given;
  const event = { id: 1, type, groupId: "g", postId: "p", claimId: "c", actorId, data, at: new Date(0) };
  return recipients({
    event: event as unknown as RecordedEvent,
    group: { id: "g", name: "Kitchen", translations: {}, moderates },
    post: {
      id: "p",
      code: "4F2K",
      kind: "need",
      title: "Soup",
      place: null,
      urgency: "normal",
      visibility: "everyone",
      status: "open",
      remaining: 5,
      authorId: "author",
      unit: null,
      ...post,
    },
    claim: { personId: "giver", eta: null, offer: offer ? { code: "7KQ2", authorId: "offerer" } : null },
    asked: [
      { personId: "volunteer", offer: "7KQ2" },
      { personId: "lead", offer: null },
    ],
    members,
  }).map(({ personId, template }) => `${personId}:${template}`);
}

const claimedData = { quantity: 2, remaining: 3 };

test.each<[string, string[], string[]]>([
  ["a need is published", told("post.published", { quantity: 5 }, "author"), ["author:receipt_need"]],
  ["a wave asks", told("need.wave", { wave: 1 }, null), ["volunteer:new_need", "lead:new_need"]],
  ["a wave that came too late", told("need.wave", { wave: 1 }, null, { remaining: 0 }), []],
  ["an offer", told("post.published", { quantity: 5 }, "author", { kind: "offer" }), ["author:receipt_offer"]],
  [
    "it waits for review",
    told("post.published", { quantity: 5 }, "author", { status: "in_review", moderates: true }),
    ["author:receipt_need", "lead:review"],
  ],
  [
    "approved before the worker came",
    told("post.published", { quantity: 5 }, "author", { moderates: true }),
    ["author:receipt_need"],
  ],
  ["approved", told("post.approved", {}, "lead"), []],
  [
    "claimed",
    told("post.claimed", claimedData, "giver"),
    ["author:claimed", "hears:group_claimed", "lead:group_claimed"],
  ],
  [
    "claimed by a coordinator with somebody's offer",
    told("post.claimed", claimedData, "lead", { offer: true }),
    ["author:claimed", "offerer:offer_matched", "hears:group_claimed", "giver:group_claimed"],
  ],
  [
    "an offer is claimed",
    told("post.claimed", claimedData, "giver", { kind: "offer", visibility: "team" }),
    ["author:offer_claimed", "lead:group_claimed"],
  ],
  ["on the way", told("claim.on_the_way", { quantity: 2 }, "giver"), ["author:on_the_way"]],
  ["delivered", told("claim.delivered", { quantity: 2, returned: 0 }, "giver"), ["author:delivered"]],
  ["handed back", told("claim.released", claimedData, "giver"), ["author:released"]],
  [
    "handed back by a coordinator",
    told("claim.released", claimedData, "lead"),
    ["author:released", "giver:handed_back"],
  ],
  ["its post was closed", told("claim.released", { ...claimedData, closed: "withdrawn" }, "author"), ["giver:closed"]],
  [
    "an offer was closed by the one who had asked for it",
    told("claim.released", { ...claimedData, closed: "declined" }, "giver", { kind: "offer" }),
    [],
  ],
  ["handed back, then closed", told("claim.released", claimedData, "giver", { status: "closed" }), []],
  ["lapsed, then closed", told("claim.lapsed", claimedData, null, { status: "closed" }), []],
  ["lapsed", told("claim.lapsed", claimedData, null), ["author:lapsed", "giver:lapsed_thanks"]],
  [
    "an offer lapsed: both sides",
    told("claim.lapsed", claimedData, null, { kind: "offer" }),
    ["author:lapsed", "giver:lapsed_thanks"],
  ],
  ["asks to join", told("group.join_asked", { personId: "x" }, "x"), ["lead:join_asked"]],
  ["was accepted", told("group.joined", { personId: "x" }, "lead"), ["x:joined"]],
  ["joined by themself", told("group.joined", { personId: "x" }, "x"), []],
  ["a code", told("sign_in.asked", { challengeId: "s" }, "author"), ["author:sign_in_code"]],
  ["a look at a contact", told("contact.seen", {}, "giver"), []],
  ["an answer by text", told("thread.answered", { threadId: "t", textId: "o" }, "lead"), []],
  [
    "it did not come",
    told("claim.released", { quantity: 2, remaining: 5, not_arrived: true }, "author"),
    ["giver:not_arrived"],
  ],
  ["nobody said if it came", told("claim.unconfirmed", {}, null), ["lead:unconfirmed"]],
  ["a text to many waits", told("broadcast.waiting", {}, "lead"), []],
  ["a text to many waits for the other coordinator", told("broadcast.waiting", {}, null), ["lead:broadcast_waiting"]],
  ["next in line", told("post.offered_next", { personId: "hears" }, null), ["hears:offered_next"]],
  ["it came: the giver is thanked", told("claim.confirmed", { quantity: 2 }, null), ["giver:confirmed"]],
  ["nobody disputed it", told("claim.confirmed", { quantity: 2, silent: true }, null), []],
])("%s", (_, to, expected) => {
  expect(to).toEqual(expected);
});
