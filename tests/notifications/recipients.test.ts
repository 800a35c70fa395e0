import { describe, expect, test } from "vitest";
import type { EventData, EventType, RecordedEvent } from "#app/events/event.ts";
import type { Facts } from "#app/notifications/facts.ts";
import { recipients } from "#app/notifications/recipients.ts";

/** Who hears of what, by which words, and what they are told when they ask why: written down, nothing left out. Asked inside the tests, so that `npm run mutate` sees what each of them asks. */

const FACTS: Omit<Facts, "event"> = {
  group: { id: "g", name: "Kitchen", translations: {}, moderates: false },
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
  },
  claim: { personId: "giver", eta: null, offer: null },
  asked: [
    { personId: "volunteer", offer: "7KQ2" },
    { personId: "lead", offer: null },
  ],
  members: [
    { personId: "hears", role: "volunteer", hearsClaims: true },
    { personId: "lead", role: "coordinator", hearsClaims: false },
    { personId: "second", role: "coordinator", hearsClaims: true },
  ],
};
type Post = NonNullable<Facts["post"]>;
const post = (given: Partial<Post>): Pick<Facts, "post"> => ({ post: { ...FACTS.post!, ...given } });
const offer = post({ kind: "offer" });

function told<T extends EventType>(type: T, data: EventData[T], actorId: string | null, given: Partial<Facts> = {}) {
  const event = { id: 1, type, groupId: "g", postId: "p", claimId: "c", actorId, data, at: new Date(0) };
  const to = recipients({ ...FACTS, ...given, event: event as unknown as RecordedEvent });
  return to.map((one) => `${one.personId} ${one.template}${one.offer ? ` ${one.offer}` : ""}: ${one.reason}`);
}

const back = { quantity: 2, remaining: 3 };
const QUESTIONS = ["still_good", "got_it", "need_again", "still_needed"] as const;

test.each<[string, () => string[], string[]]>([
  ["a code", () => told("sign_in.asked", { challengeId: "s" }, "x"), ["x sign_in_code: asked for a code"]],
  [
    "their number was changed",
    () => told("person.number_changed", { personId: "x" }, null),
    ["x number_changed: it was their number"],
  ],
  ["a code for nobody", () => told("sign_in.asked", { challengeId: "s" }, null), []],
  ["published", () => told("post.published", { quantity: 5 }, "author"), ["author receipt_need: author"]],
  [
    "an offer is published",
    () => told("post.published", { quantity: 5 }, null, offer),
    ["author receipt_offer: author"],
  ],
  [
    "published, to be reviewed",
    () => told("post.published", { quantity: 5 }, "author", post({ status: "in_review" })),
    ["author receipt_need: author", "lead review: coordinator", "second review: coordinator"],
  ],
  [
    "published by somebody blocked",
    () => told("post.published", { quantity: 5 }, null, post({ status: "in_review", blocked: true })),
    [],
  ],
  ["reopened", () => told("post.reopened", { remaining: 5 }, "lead"), ["author reopened: author"]],
  [
    "claimed",
    () => told("post.claimed", back, "giver"),
    ["author claimed: author", "hears group_claimed: hears of claims", "second group_claimed: hears of claims"],
  ],
  [
    "claimed, for the team",
    () => told("post.claimed", back, "giver", post({ visibility: "team" })),
    ["author claimed: author", "second group_claimed: hears of claims"],
  ],
  [
    "put down for it by a coordinator",
    () => told("post.claimed", back, "second"),
    [
      "author claimed: author",
      "giver assigned: a coordinator put them down for it",
      "hears group_claimed: hears of claims",
    ],
  ],
  [
    "claimed with an offer",
    () =>
      told("post.claimed", back, "second", {
        claim: { ...FACTS.claim!, offer: { code: "7KQ2", authorId: "offerer" } },
        members: [],
      }),
    ["author claimed: author", "offerer offer_matched: author of the matched offer"],
  ],
  [
    "an offer is asked for, by a coordinator's hand",
    () => told("post.claimed", back, "second", { ...offer, members: [] }),
    ["author offer_claimed: author"],
  ],
  ["on the way", () => told("claim.on_the_way", { quantity: 2 }, "giver"), ["author on_the_way: author"]],
  [
    "on the way, of an offer",
    () => told("claim.on_the_way", { quantity: 2 }, null, offer),
    ["author on_the_way: author", "giver on_the_way: asked for it"],
  ],
  ["delivered", () => told("claim.delivered", { quantity: 2, returned: 0 }, "giver"), ["author delivered: author"]],
  ["confirmed", () => told("claim.confirmed", { quantity: 2 }, "author"), ["giver confirmed: brought it"]],
  ["an offer came", () => told("claim.confirmed", { quantity: 2 }, "giver", offer), ["author confirmed: brought it"]],
  ["confirmed by time", () => told("claim.confirmed", { quantity: 2, silent: true }, null), []],
  ["handed back", () => told("claim.released", back, "giver"), ["author released: author"]],
  [
    "handed back by somebody else",
    () => told("claim.released", back, "lead"),
    ["author released: author", "giver handed_back: promised it"],
  ],
  [
    "what was asked of an offer is handed back",
    () => told("claim.released", back, "lead", offer),
    ["author released: author", "giver released: asked for it"],
  ],
  ["handed back after the post was closed", () => told("claim.released", back, "lead", post({ status: "closed" })), []],
  [
    "it did not come",
    () => told("claim.released", { ...back, not_arrived: true }, "author"),
    ["giver not_arrived: it did not come"],
  ],
  [
    "its post was closed",
    () => told("claim.released", { ...back, closed: "withdrawn" }, "author"),
    ["giver closed: its post was closed"],
  ],
  ["lapsed", () => told("claim.lapsed", back, null), ["author lapsed: author", "giver lapsed_thanks: promised it"]],
  ["lapsed after the post was closed", () => told("claim.lapsed", back, null, post({ status: "closed" })), []],
  [
    "taken over",
    () => told("claim.reassigned", { quantity: 2 }, "lead"),
    ["giver reassigned: somebody else has taken it over"],
  ],
  ["split", () => told("post.split", { code: "X", quantity: 2 }, "lead"), ["author split: author"]],
  ["sent on", () => told("post.sent_on", {}, "lead"), ["author sent_on: author"]],
  ["merged", () => told("post.merged", { code: "X", moved: 0 }, "lead"), ["author merged: author"]],
  ["reminded", () => told("claim.nudged", {}, null), ["giver nudge: half of the time is over"]],
  ...QUESTIONS.map((kind): [string, () => string[], string[]] => [
    `asked ${kind}`,
    () => told("question.asked", { questionId: "q", kind }, null),
    [`volunteer ask_${kind}: is asked`, `lead ask_${kind}: is asked`],
  ]),
  ["next in line", () => told("post.offered_next", { personId: "x" }, null), ["x offered_next: is next in line"]],
  ["a wave", () => told("need.wave", { wave: 2 }, null), ["volunteer new_need 7KQ2: wave 2", "lead new_need: wave 2"]],
  ["a wave for what is covered", () => told("need.wave", { wave: 2 }, null, post({ remaining: 0 })), []],
  ["a wave for what is not open", () => told("need.wave", { wave: 2 }, null, post({ status: "closed" })), []],
  ["nobody says whether it came", () => told("claim.unconfirmed", {}, "lead"), ["second unconfirmed: coordinator"]],
  [
    "a conversation is reported",
    () => told("relay.reported", {}, "giver"),
    ["lead relay_reported: coordinator", "second relay_reported: coordinator"],
  ],
  [
    "a conversation of coordinators is reported",
    () =>
      told("relay.reported", {}, null, {
        ...post({ authorId: "lead" }),
        claim: { ...FACTS.claim!, personId: "second" },
      }),
    [],
  ],
  ["a text to many waits", () => told("broadcast.waiting", {}, "lead"), ["second broadcast_waiting: may let it go"]],
  [
    "asks to join",
    () => told("group.join_asked", { personId: "x" }, "x"),
    ["lead join_asked: coordinator", "second join_asked: coordinator"],
  ],
  ["was let in", () => told("group.joined", { personId: "x" }, "lead"), ["x joined: was accepted"]],
  ["joined by themself", () => told("group.joined", { personId: "x" }, "x"), []],
])("%s", (_what, to, expected) => {
  expect(to()).toEqual(expected);
});

test("nobody is told twice, the first reason wins, and nobody of what they did", () => {
  const members = ["author", "giver", "hears"].map((personId) => ({
    personId,
    role: "volunteer" as const,
    hearsClaims: true,
  }));
  expect(told("post.claimed", back, "giver", { members })).toEqual([
    "author claimed: author",
    "hears group_claimed: hears of claims",
  ]);
  expect(told("post.claimed", back, "hears", { members })).toEqual([
    "author claimed: author",
    "giver assigned: a coordinator put them down for it",
  ]);
});

describe("a group that greets", () => {
  const group = FACTS.group!;
  test.each<[string, Partial<typeof group>]>([
    ["in its own language", { welcome: "Hello!" }],
    ["in another", { translations: { es: { welcome: "¡Hola!" } } }],
  ])("%s tells also who joined by themself", (_how, given) => {
    expect(told("group.joined", { personId: "x" }, "x", { group: { ...group, ...given } })).toEqual([
      "x welcome: joined",
    ]);
  });

  test("has to say something: a translated name is no greeting", () => {
    const translations = { es: { name: "Cocina" } };
    expect(told("group.joined", { personId: "x" }, "x", { group: { ...group, translations } })).toEqual([]);
    expect(told("group.joined", { personId: "x" }, "x", { group: null })).toEqual([]);
    expect(told("group.joined", { personId: "x" }, "lead", { group: null })).toEqual(["x joined: was accepted"]);
  });
});

test("where the post or the promise is gone, nobody hears of it, and nothing breaks", () => {
  const gone = { post: null, claim: null };
  const of = [
    told("post.published", { quantity: 1 }, null, gone),
    told("post.reopened", { remaining: 1 }, null, gone),
    told("post.claimed", back, null, gone),
    told("post.split", { code: "X", quantity: 1 }, null, gone),
    told("claim.on_the_way", { quantity: 1 }, null, gone),
    told("claim.on_the_way", { quantity: 1 }, null, { claim: null }),
    told("claim.confirmed", { quantity: 1 }, null, gone),
    told("claim.confirmed", { quantity: 1 }, null, { claim: null }),
    told("claim.released", back, null, gone),
    told("claim.released", { ...back, closed: "expired" }, null, gone),
    told("claim.lapsed", back, null, gone),
    told("claim.lapsed", back, null, { claim: null }),
    told("need.wave", { wave: 1 }, null, gone),
  ];
  expect(of.flat()).toEqual([]);
  expect(told("relay.reported", {}, "second", gone)).toEqual(["lead relay_reported: coordinator"]);
  expect(told("post.claimed", back, "giver", { claim: null, members: [] })).toEqual(["author claimed: author"]);
});

/** No texts, by name: a new kind of event has to be put here or above. */
const SILENT: EventType[] = [
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
  "post.erased",
  "member.role",
  "group.changed",
  "need.asked_again",
  "person.number_restored",
  "second_step.added",
  "second_step.removed",
];

test.each(SILENT)("nobody hears of %s", (type) => {
  expect(told(type, {} as never, null)).toEqual([]);
});
