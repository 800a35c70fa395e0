import type { PostKind } from "#app/posts/post.ts";

/** Who wrote the post, or who promised something on it. */
export type Side = "author" | "claimer";

/** What became of a command about a conversation. `waits`: the other side has no phone and reads it on the web. `agreed`: both share now. */
export type RelayOutcome =
  | { kind: "sent"; waits: boolean; agreed?: boolean }
  /** Several are meant; nothing was done. */
  | { kind: "which"; choices: Choice[] }
  | { kind: "none" }
  | { kind: "closed" };

/** One of several conversations, to ask which. `claimId` says it exactly: one post may have several. */
export type Choice = { claimId: string; code: string; title: string; other: string };

/** Which conversation is meant: by its claim, or as people say it, by the post's code and the number they wrote to. */
export type Which = { code: string | null; toNumber?: string | null; claimId?: string };

/** A conversation of one person as far as it decides which is meant. `number` is ours that is theirs alone in it. */
export type Candidate = {
  claimId: string;
  code: string;
  title: string;
  kind: PostKind;
  open: boolean;
  endedAt: Date | null;
  number: string | null;
};

type Chosen<C> = { kind: "this"; it: C } | { kind: "several"; these: C[] } | { kind: "none" } | { kind: "closed" };

const RECENT_MS = 24 * 3_600_000;

/**
 * Which of a person's conversations a text belongs to. A number of ours that belongs to one of them decides, unless
 * another has none of its own and may use any. When in doubt it is several: words must not reach the wrong person.
 */
export function chooseRelay<C extends Candidate>(all: C[], which: Which, now: Date): Chosen<C> {
  if (which.claimId !== undefined) {
    const it = all.find(({ claimId }) => claimId === which.claimId);
    return it ? (it.open ? { kind: "this", it } : { kind: "closed" }) : { kind: "none" };
  }
  const named = which.code === null ? all : all.filter(({ code }) => code === which.code);
  const open = named.filter((one) => one.open);
  const recent = (one: C) => one.endedAt !== null && now.getTime() - one.endedAt.getTime() < RECENT_MS;
  if (open.length === 0) {
    return named.some((one) => which.code !== null || recent(one)) ? { kind: "closed" } : { kind: "none" };
  }
  const to = which.toNumber ?? null;
  const here = to === null ? open : open.filter(({ number }) => number === to || number === null);
  const endedHere = named.some((one) => !one.open && one.number === to && recent(one));
  if (to !== null && which.code === null && endedHere && !open.some(({ number }) => number === to)) {
    return { kind: "closed" };
  }
  const these = here.length > 0 ? here : open;
  return these.length === 1 ? { kind: "this", it: these[0]! } : { kind: "several", these };
}
