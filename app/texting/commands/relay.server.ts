import { blockRelay } from "#app/relay/block-relay.server.ts";
import type { Choice, RelayOutcome, Which } from "#app/relay/relay.ts";
import { relayText } from "#app/relay/relay-text.server.ts";
import { reportRelay } from "#app/relay/report-relay.server.ts";
import { shareNumber } from "#app/relay/share-number.server.ts";
import { Problem } from "#app/core/problems.ts";
import { minutesFrom, type Held, type RelayAct } from "../conversation.ts";
import { cut } from "../say.ts";
import { keyOf, type Answer, type Texter } from "../texter.ts";

type Wish = { act: RelayAct; words: string; sayKey: string };

const MINUTES = 30;
const MOST = 4;
const NOT_YET = { share: "texting.shared", block: "texting.blocked", report: "texting.reported" } as const;

/** `@4F2K words`: to the other side of the promise on that post. */
export const say = (texter: Texter, code: string, words: string): Promise<Answer> =>
  act(texter, { act: "say", words, sayKey: keyOf(texter) }, { code });

/** SHARE, BLOCK, REPORT, with or without the code. */
export const command = (texter: Texter, kind: Exclude<RelayAct, "say">, code: string | null): Promise<Answer> =>
  act(texter, { act: kind, words: "", sayKey: keyOf(texter) }, { code });

/** Plain words go to the other side when there is exactly one; null when there is nobody to talk to. */
export async function plainWords(texter: Texter): Promise<Answer | null> {
  const wish: Wish = { act: "say", words: texter.heard.body, sayKey: keyOf(texter) };
  const outcome = await carryOut(texter, wish, { code: null });
  return outcome.kind === "none" ? null : answerTo(texter, wish, { code: null }, outcome);
}

/** They said which conversation they meant: by the code alone or the number in the list. */
export const heldWish = (texter: Texter, held: Extract<Held, { kind: "relay" }>, claimId: string): Promise<Answer> =>
  act(texter, held, { code: null, claimId });

async function act(texter: Texter, wish: Wish, which: Which): Promise<Answer> {
  if (wish.act === "say" && wish.words.trim() === "")
    return { outcome: "relay", say: [texter.t("texting.relay_empty", { code: which.code ?? "" })], idle: true };
  return answerTo(texter, wish, which, await carryOut(texter, wish, which));
}

/** Past its limit it was not said. Their words stay theirs: coordinators do not read them for that. */
async function carryOut(texter: Texter, wish: Wish, which: Which): Promise<RelayOutcome | { kind: "too_many" }> {
  try {
    return await carry(texter, wish, which);
  } catch (error) {
    if (error instanceof Problem && error.kind === "too-many") return { kind: "too_many" };
    throw error;
  }
}

function carry({ ctx, heard }: Texter, { act: kind, words, sayKey }: Wish, which: Which): Promise<RelayOutcome> {
  const asked = { personId: ctx.person.id, toNumber: heard.toNumber || null, ...which };
  switch (kind) {
    case "say":
      return relayText(ctx, { ...asked, words, sayKey });
    case "share":
      return shareNumber(ctx, asked);
    case "block":
      return blockRelay(ctx, asked);
    case "report":
      return reportRelay(ctx, asked);
  }
}

function answerTo(texter: Texter, wish: Wish, { code }: Which, outcome: Awaited<ReturnType<typeof carryOut>>): Answer {
  const { t, heard } = texter;
  const done = { outcome: "relay", change: { held: null } };
  const noted = wish.act === "say" ? [] : [t(NOT_YET[wish.act])];
  switch (outcome.kind) {
    case "sent":
      if (outcome.agreed) return { ...done, say: [] };
      return { ...done, say: outcome.waits && wish.act === "say" ? [t("texting.relay_waits")] : noted };
    case "too_many":
      return { ...done, say: [t("texting.relay_too_many")], idle: true };
    case "which":
      return askWho(texter, outcome.choices, wish);
    case "closed":
      return heard.again && wish.act !== "say"
        ? { ...done, say: noted }
        : { ...done, say: [t("texting.relay_closed")] };
    case "none":
      // Something is wrong and nobody wrote yet: a person reads it.
      if (wish.act === "report") return { outcome: "inbox", say: [t("texting.inbox")], unread: true };
      return { ...done, say: [t("texting.relay_none", { code: code ?? "", named: code ? "yes" : "no" })], idle: true };
  }
}

/** Several conversations fit: asks which, and keeps the words until they say. */
function askWho({ ctx, t, conversation }: Texter, choices: Choice[], wish: Wish): Answer {
  const shown = choices.slice(0, MOST);
  const lines = shown.map(({ code, other }, at) => `${at + 1} ${code} ${cut(other, 14)}`).join(", ");
  const held: Held = {
    kind: "relay",
    ...together(conversation.held, wish),
    codes: shown.map(({ code }) => code),
    claimIds: shown.map(({ claimId }) => claimId),
    until: minutesFrom(ctx.now.getTime(), MINUTES),
  };
  return { outcome: "relay", say: [t("texting.which_relay", { lines })], change: { held, list: null, pick: null } };
}

const LONGEST = 1_600;

/** Two texts in a row before they said who it is for are one message. */
function together(held: Held | null, wish: Wish): Wish {
  if (held?.kind !== "relay" || held.act !== "say" || wish.act !== "say" || held.sayKey === wish.sayKey) return wish;
  const words = `${held.words} ${wish.words}`;
  return words.length > LONGEST ? wish : { act: "say", words, sayKey: wish.sayKey };
}
