import { plainCode } from "#app/core/codes.ts";
import { declineAsk } from "#app/waves/decline-ask.server.ts";
import { answerQuestion } from "#app/questions/answer-question.server.ts";
import { openQuestions } from "#app/questions/open-questions.server.ts";
import type { Answer, Texter } from "../texter.ts";
import { claim } from "./claim.server.ts";
import { confirmOne } from "./got.server.ts";
import { toInbox } from "./inbox.server.ts";
import { takeStep } from "./post.server.ts";
import { heldWish, plainWords } from "./relay.server.ts";

type Candidate = { code: string | null; run: () => Promise<Answer> };
type N = 1 | 2 | 3;

/**
 * `1`, `2`, `3`, alone or with a code. What it may mean: a question we asked them, the list they see, deliveries or
 * conversations to choose from, a step of the post they write. It is acted on only when exactly one of these takes it.
 */
export async function answer(texter: Texter, { n, code }: { n: N; code: string | null }): Promise<Answer> {
  const all = [...(await questions(texter, n)), ...remembered(texter, n)];
  const named = code === null ? all : all.filter((one) => one.code === plainCode(code));
  if (named.length === 1) return named[0]!.run();
  if (named.length === 0)
    return code === null ? ((await plainWords(texter)) ?? toInbox(texter)) : unasked(texter, n, code);
  const codes = [...new Set(named.map((one) => one.code ?? texter.t("texting.new_word")))];
  const ways = codes.map((one) => `${n} ${one}`).join(texter.t("texting.or"));
  return { outcome: "answer", say: [texter.t("texting.which_answer", { ways })] };
}

/** What we asked them and they may answer now; for a text that is handled again also what it answered. */
async function questions(texter: Texter, n: N): Promise<Candidate[]> {
  if (n === 3) return [];
  const { ctx, heard } = texter;
  const personId = ctx.person.id;
  const open = await openQuestions(ctx, personId);
  const done = heard.again
    ? await ctx.db.sql<{ id: string; code: string }[]>`
        select q.id, p.code from questions q join posts p on p.id = q.post_id
        where q.person_id = ${personId}::uuid and q.answer = ${n}::smallint
          and (q.closed_at is null or q.closed_at >= ${heard.receivedAt}::timestamptz)`
    : [];
  return (done.length > 0 ? done : open).map(({ id, code }) => ({ code, run: () => answered(texter, id, n) }));
}

async function answered({ ctx, t }: Texter, id: string, n: 1 | 2): Promise<Answer> {
  const { kind, answer: given, code } = await answerQuestion(ctx, { id, personId: ctx.person.id, answer: n });
  if (given !== n) return { outcome: "answer", say: [t("texting.too_late", { code })] };
  return { outcome: "answer", say: [t("texting.answered", { code, what: `${kind}_${n}` })] };
}

/** What the thread remembers that a number can choose. */
function remembered(texter: Texter, n: N): Candidate[] {
  const { list, pick, held, flow, draft } = texter.conversation;
  const found: Candidate[] = [];
  const listed = list?.codes[n - 1];
  if (listed) found.push({ code: listed, run: () => claim(texter, { code: listed, quantity: null }) });
  const picked = pick?.claimIds[n - 1];
  if (pick && picked) found.push({ code: pick.code, run: () => confirmOne(texter, picked, pick) });
  const talk = held?.kind === "relay" ? held.claimIds[n - 1] : undefined;
  if (held?.kind === "relay" && talk) found.push({ code: held.codes[n - 1]!, run: () => heldWish(texter, held, talk) });
  if (flow && draft) {
    const input = { kind: "words", words: String(n) } as const;
    found.push({ code: null, run: async () => (await takeStep(texter, input, draft.kind)) ?? toInbox(texter) });
  }
  return found;
}

/** `2 4F2K` about a need they were asked to help with: no. */
async function unasked({ ctx, t }: Texter, n: N, code: string): Promise<Answer> {
  if (n === 2) {
    const [post] = await ctx.db.sql<{ id: string }[]>`select id from posts where code = ${plainCode(code)}`;
    if (post && (await declineAsk(ctx, { personId: ctx.person.id, postId: post.id })))
      return { outcome: "answer", say: [t("texting.declined", { code: plainCode(code) })] };
  }
  return { outcome: "answer", say: [t("texting.no_question", { code })], idle: true };
}
