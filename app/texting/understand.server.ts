import type { Command } from "#app/sms/grammar.ts";
import { readCommand } from "#app/sms/grammar.ts";
import { foldWords, tokensOf } from "#app/sms/fold.ts";
import { CODE_LETTERS, plainCode } from "#app/core/codes.ts";
import { getPost } from "#app/posts/get-post.server.ts";
import { answer } from "./commands/answer.server.ts";
import { claim } from "./commands/claim.server.ts";
import { close } from "./commands/close.server.ts";
import { got } from "./commands/got.server.ts";
import { toInbox } from "./commands/inbox.server.ts";
import { list } from "./commands/list.server.ts";
import { more, moreOfList } from "./commands/more.server.ts";
import { draftId, takeStep } from "./commands/post.server.ts";
import { next } from "./commands/next.server.ts";
import * as relay from "./commands/relay.server.ts";
import { lang, menu, pause } from "./commands/settings.server.ts";
import { status } from "./commands/status.server.ts";
import { done, drop, way } from "./commands/steps.server.ts";
import { groupWord } from "./group-word.server.ts";
import { amountIn } from "./read-answers.ts";
import type { Answer, Texter } from "./texter.ts";

/** Understands one text and does what it asks for. What cannot be understood goes to the coordinators. */
export async function understand(texter: Texter): Promise<Answer> {
  const { heard, conversation, t } = texter;
  const text = heard.body.trim();
  if (text === "") {
    const hint = heard.media > 0 ? [t("texting.pictures")] : [];
    return { ...(await toInbox(texter, hint)), outcome: "inbox" };
  }
  const command = inTheirConversation(texter, readCommand(text, { optedOut: false }));
  const answered = (await heldAnswer(texter, command)) ?? (await run(texter, command));
  const said = heard.media > 0 ? [t("texting.pictures"), ...answered.say] : answered.say;
  const left = conversation.flow && command.kind !== "answer" && answered.change?.flow === undefined;
  if (!left) return { ...answered, say: said };
  const draft = conversation.draft!;
  const kept = draft.what === null ? [] : [t("texting.kept", { kind: draft.kind })];
  return { ...answered, say: [...said, ...kept], change: { ...answered.change, flow: null } };
}

/** "Cancelar" while a post is being written means the post: the hook let it pass, so here it is words. */
const inTheirConversation = ({ heard }: Texter, command: Command): Command =>
  command.kind === "stop" && heard.keyword !== "stop"
    ? { kind: "words", words: heard.body, nearest: null, language: null, corrected: false }
    : command;

/** A code alone, or `@code`, after we asked which one they mean. */
async function heldAnswer(texter: Texter, command: Command): Promise<Answer | null> {
  const { held } = texter.conversation;
  const code = plainCode(texter.heard.body.trim().replace(/^@/, ""));
  if (!held || (command.kind !== "relay" && command.kind !== "more" && command.kind !== "words")) return null;
  const fitting = held.codes.flatMap((one, at) => (one === code ? [at] : []));
  if (held.kind === "relay")
    return fitting.length === 1 ? relay.heldWish(texter, held, held.claimIds[fitting[0]!]!) : null;
  if (fitting.length === 0) return null;
  const meant = { language: null, corrected: false, kind: held.command, code, quantity: held.quantity } as Command;
  const answered = await run(texter, meant);
  return { ...answered, change: { held: null, ...answered.change } };
}

/** Steps of the post they are writing come first; every other command leaves it, and the draft is kept. */
async function run(texter: Texter, command: Command): Promise<Answer> {
  const step = await postStep(texter, command);
  if (step) return step;
  const { t } = texter;
  switch (command.kind) {
    case "list":
      return list(texter, command.words);
    case "claim":
      return claim(texter, command);
    case "done":
      return done(texter, command);
    case "way":
      return way(texter, command);
    case "drop":
      return drop(texter, command);
    case "close":
      return close(texter, command);
    case "got":
      return got(texter, command);
    case "more":
      return command.code ? more(texter, command.code) : moreOfList(texter);
    case "status":
      return status(texter);
    case "pause":
      return pause(texter, command);
    case "lang":
      return lang(texter, command);
    case "menu":
      return menu(texter);
    case "help":
      return command.answeredByProvider ? { outcome: "help", say: [] } : menu(texter);
    case "send":
    case "back":
      return { outcome: command.kind, say: [t("texting.nothing_to_send")], idle: true };
    case "answer":
      return answer(texter, command);
    case "words":
      return words(texter, command);
    case "stop":
    case "start":
      return { outcome: command.kind, say: [] };
    case "share":
    case "block":
    case "report":
      return relay.command(texter, command.kind, command.code);
    case "relay":
      return relay.say(texter, command.code, command.words);
    case "next":
      return next(texter, command);
    case "need":
    case "give":
      return toInbox(texter);
  }
}

/** What belongs to the conversation about a new post; null for everything else. */
async function postStep(texter: Texter, command: Command): Promise<Answer | null> {
  const { flow, draft } = texter.conversation;
  const asWords = () => takeStep(texter, { kind: "words", words: texter.heard.body }, draft!.kind);
  switch (command.kind) {
    case "need":
    case "give": {
      if (
        flow?.step === "quantity" &&
        command.words &&
        amountIn(command.words) !== null &&
        tokensOf(command.words).length < 3
      )
        return asWords();
      const post = command.kind === "need" ? "need" : "offer";
      const begin = { kind: "begin", post, words: command.words, id: draftId(texter), locale: texter.locale } as const;
      return takeStep(texter, begin, command.kind);
    }
    case "send":
    case "back":
      return takeStep(texter, { kind: command.kind }, command.kind);
    case "done":
      return flow?.step === "check" && command.code === null ? takeStep(texter, { kind: "send" }, "send") : null;
    case "more":
      return flow && command.code === null ? takeStep(texter, { kind: "more" }, "more") : null;
    case "words":
      return flow ? (newWord(texter) ?? asWords()) : null;
    default:
      return null;
  }
}

/** `2 NEW`: the number is for the new post, not for a question of ours. */
function newWord(texter: Texter): Promise<Answer | null> | null {
  const [, n] = /^(\d{1,6}) (?:new|nuevo|nueva)$/.exec(foldWords(texter.heard.body)) ?? [];
  return n ? takeStep(texter, { kind: "words", words: n }, texter.conversation.draft!.kind) : null;
}

async function words(texter: Texter, command: Extract<Command, { kind: "words" }>): Promise<Answer> {
  const { t } = texter;
  if (command.nearest === "stop") return toInbox(texter, [t("texting.stop_hint")]);
  const about = await codeAlone(texter);
  if (about) return about;
  const theirs = await groupWord(texter.ctx, texter.heard.body);
  const begun = theirs?.words === null ? await beginOf(texter, theirs) : null;
  if (begun) return begun;
  const passedOn = await relay.plainWords(texter);
  if (passedOn) return passedOn;
  const began = theirs ? await beginOf(texter, theirs) : null;
  if (began) return began;
  if (command.nearest === "claim") return { outcome: "words", say: [t("texting.claim_hint")], idle: true };
  return toInbox(texter);
}

/** A need of the group whose word they texted. Words for the other side of a promise are not taken for one. */
const beginOf = (texter: Texter, { groupId, words: said }: { groupId: string; words: string | null }) =>
  takeStep(
    texter,
    { kind: "begin", post: "need", words: said, id: draftId(texter), locale: texter.locale, groupId },
    "need",
  );

/** A code of letters only looks like a word: it is MORE when there is such a post for them to see. */
async function codeAlone(texter: Texter): Promise<Answer | null> {
  const code = plainCode(texter.heard.body);
  if (tokensOf(texter.heard.body).length !== 1 || !new RegExp(`^[${CODE_LETTERS}]{4,8}$`).test(code)) return null;
  return (await getPost(texter.ctx, code, texter.locale)) ? more(texter, code) : null;
}
