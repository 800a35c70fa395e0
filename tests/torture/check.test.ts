import { expect, test } from "vitest";
import { breakCopy, BREAKS, type BreakName } from "#scripts/torture/broken.ts";
import { check } from "#scripts/torture/check.ts";
import type { Rule } from "#scripts/torture/faults.ts";
import type { Done } from "#scripts/torture/history.ts";
import type { State } from "#scripts/torture/state.ts";

const act = (given: Partial<Done> & Pick<Done, "f" | "key">): Done => ({
  process: 0,
  index: 0,
  ending: "ok",
  status: 201,
  tries: 1,
  begun: 0,
  ended: 1,
  ...given,
});

/** A need of 5: 2 were promised, brought and settled, 3 handed back; one text and one session beside. */
function sound(): { done: Done[]; state: State } {
  const claim = (id: string, quantity: number, status: string, key: string) => ({
    id,
    post: "p1",
    offer: null,
    person: "ana",
    key,
    quantity,
    delivered: null,
    status,
  });
  const event = (id: string, type: string, on: string | null) => ({ id, type, post: "p1", claim: on, told: true });
  const text = (id: string, about: string) => ({
    id,
    event: about,
    person: "ben",
    template: "claimed",
    state: "sent",
    sid: `S${id}`,
  });
  return {
    done: [
      act({ f: "publish", key: "k0-0", post: "ABCD" }),
      act({ f: "claim", key: "k1-0", person: "ana", post: "ABCD", claim: "c1", got: 2 }),
      act({ f: "claim", key: "k1-1", person: "ana", post: "ABCD", claim: "c2", got: 3 }),
      act({ f: "claim", key: "k1-2", person: "ana", post: "ABCD", ending: "fail", status: 409 }),
      act({ f: "move", key: "k1-3", claim: "c1", wish: "delivered" }),
      act({ f: "confirm", key: "k0-1", claim: "c1" }),
      act({ f: "move", key: "k1-4", claim: "c2", wish: "released" }),
      act({ f: "edit", key: "k0-2", post: "ABCD", wish: "k0-0 Soup k0-2" }),
      act({ f: "close", key: "k0-3", post: "ABCD", wish: "withdrawn" }),
      act({ f: "sign_in", key: "k1-5", person: "ana", got: "hash" }),
      act({ f: "say", key: "k1-6", person: "ana", claim: "c1" }),
      act({ f: "consent", key: "k1-7", person: "ana", wish: "STOP" }),
      act({ f: "text_claim", key: "k1-8", person: "ana", wish: "SM1" }),
    ],
    state: {
      posts: [
        {
          id: "p1",
          code: "ABCD",
          kind: "need",
          title: "k0-0 Soup k0-2",
          quantity: 5,
          remaining: 3,
          confirmed: 2,
          author: "ben",
        },
      ],
      claims: [claim("c1", 2, "confirmed", "k1-0"), claim("c2", 3, "released", "k1-1")],
      events: [
        event("1", "post.published", null),
        event("2", "post.claimed", "c1"),
        event("3", "post.claimed", "c2"),
        event("4", "claim.delivered", "c1"),
        event("5", "claim.confirmed", "c1"),
        event("6", "claim.released", "c2"),
        event("7", "post.edited", null),
        event("8", "post.closed", null),
      ],
      outbox: [text("o1", "2"), text("o2", "3")],
      consent: [{ person: "ana", action: "out" }],
      sessions: ["hash"],
      said: ["ana:web:k1-6"],
      heard: [{ sid: "SM1", handled: true }],
      fickle: ["ana"],
      taken: [
        { outboxId: "o1", sid: "So1" },
        { outboxId: "o2", sid: "So2" },
      ],
    },
  };
}

test("a history that was kept has no faults", () => {
  const { done, state } = sound();
  expect(check(done, state)).toEqual([]);
});

type Spoil = (world: ReturnType<typeof sound>) => unknown;
const BROKEN: [string, Rule, Spoil][] = [
  ["an acknowledged post is gone", "lost", ({ done }) => done.push(act({ f: "publish", key: "k9-9", post: "ZZZZ" }))],
  ["an acknowledged claim is gone", "lost", ({ state }) => state.claims.pop()],
  ["a claim holds another quantity than was said", "lost", ({ done }) => (done[1]!.got = 1)],
  ["an acknowledged step is gone", "lost", ({ state }) => state.events.splice(3, 1)],
  ["an acknowledged edit is gone", "lost", ({ state }) => (state.posts[0]!.title = "k0-0 Soup")],
  ["an acknowledged closing is gone", "lost", ({ state }) => state.events.pop()],
  ["an acknowledged session is gone", "lost", ({ state }) => state.sessions.pop()],
  ["acknowledged words are gone", "lost", ({ state }) => state.said.pop()],
  ["an acknowledged STOP is gone", "lost", ({ state }) => (state.consent[0]!.action = "in")],
  ["an acknowledged text is gone", "lost", ({ state }) => state.heard.pop()],
  [
    "a refused claim is there",
    "phantom",
    ({ state }) => state.claims.push({ ...state.claims[1]!, id: "c3", key: "k1-2" }),
  ],
  ["a claim that nobody asked for is there", "phantom", ({ state }) => (state.claims[1]!.key = "other")],
  ["a post that nobody published is there", "phantom", ({ done }) => done.splice(0, 1)],
  [
    "one form made two posts",
    "twice",
    ({ state }) => state.posts.push({ ...state.posts[0]!, id: "p2", code: "EFGH", remaining: 5, confirmed: 0 }),
  ],
  ["the same was said twice", "twice", ({ state }) => state.said.push("ana:web:k1-6")],
  [
    "more is promised than there is",
    "oversubscribed",
    ({ state }) => Object.assign(state.posts[0]!, { quantity: 1, remaining: 0 }),
  ],
  ["a unit has vanished", "balance", ({ state }) => (state.posts[0]!.remaining = 2)],
  ["a settled unit has vanished", "balance", ({ state }) => (state.posts[0]!.confirmed = 1)],
  ["a claim has no event", "event", ({ state }) => state.events.splice(1, 1)],
  ["a claim has two events", "event", ({ state }) => state.events.push({ ...state.events[1]!, id: "9" })],
  ["a claim is in another state than its events say", "event", ({ state }) => (state.claims[0]!.status = "delivered")],
  [
    "what was handed back is delivered after all",
    "path",
    ({ state }) => state.events.push({ ...state.events[3]!, id: "9", claim: "c2" }),
  ],
  ["the author was not told", "outbox", ({ state }) => (state.outbox.pop(), state.taken.pop())],
  [
    "the author was told twice",
    "outbox",
    ({ state }) => state.outbox.push({ ...state.outbox[0]!, id: "o3", state: "expired" }),
  ],
  [
    "a text is of no event",
    "outbox",
    ({ state }) => state.outbox.push({ ...state.outbox[0]!, id: "o3", event: "99", state: "expired" }),
  ],
  ["a text went out twice", "provider", ({ state }) => state.taken.push({ outboxId: "o1", sid: "S9" })],
  ["a text never went out", "provider", ({ state }) => state.taken.pop()],
  ["a text of no row went out", "provider", ({ state }) => state.taken.push({ outboxId: "o9", sid: "S9" })],
  ["an event was never told", "unsettled", ({ state }) => (state.events[0]!.told = false)],
  ["a text was never sent", "unsettled", ({ state }) => (state.outbox[0]!.state = "queued")],
];

test.each(BROKEN)("the checker sees that %s", (_what, rule, spoil) => {
  const world = sound();
  spoil(world);
  expect(check(world.done, world.state).map((fault) => fault.rule)).toContain(rule);
});

test("what may or may not have happened is no fault either way", () => {
  const { done, state } = sound();
  done.push(act({ f: "claim", key: "k1-9", person: "ana", ending: "info", status: 0 }));
  done.find(({ key }) => key === "k1-1")!.ending = "info";
  expect(check(done, state)).toEqual([]);
});

test.each(Object.keys(BREAKS) as BreakName[])("the place that the broken build %s changes is still there", (name) => {
  breakCopy(name).remove();
});
