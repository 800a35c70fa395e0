import { plainCode } from "#app/core/codes.ts";
import type { Answer, Texter } from "../texter.ts";
import { claim } from "./claim.server.ts";
import { confirmOne } from "./got.server.ts";
import { takeStep } from "./post.server.ts";
import { toInbox } from "./inbox.server.ts";

type Candidate = { code: string | null; run: () => Promise<Answer> };

/**
 * `1`, `2`, `3`, alone or with a code. What it may mean: a question we asked them, the list they see, deliveries to
 * choose from, a step of the post they write. It is acted on only when exactly one of these takes it.
 */
export async function answer(texter: Texter, { n, code }: { n: 1 | 2 | 3; code: string | null }): Promise<Answer> {
  const all = await candidates(texter, n);
  const named = code === null ? all : all.filter((one) => one.code === plainCode(code));
  if (named.length === 1) return named[0]!.run();
  if (named.length === 0)
    return code === null
      ? toInbox(texter)
      : { outcome: "answer", say: [texter.t("texting.no_question", { code })], idle: true };
  const ways = named.map((one) => `${n} ${one.code ?? texter.t("texting.new_word")}`).join(", ");
  return { outcome: "answer", say: [texter.t("texting.which_answer", { ways })] };
}

async function candidates(texter: Texter, n: 1 | 2 | 3): Promise<Candidate[]> {
  const { conversation } = texter;
  const found: Candidate[] = [];
  const listed = conversation.list?.codes[n - 1];
  if (listed) found.push({ code: listed, run: () => claim(texter, { code: listed, quantity: null }) });
  const picked = conversation.pick?.claimIds[n - 1];
  if (picked) {
    const { code } = conversation.pick!;
    found.push({ code, run: () => confirmOne(texter, picked, { code }) });
  }
  if (conversation.flow) {
    const run = async () =>
      (await takeStep(texter, { kind: "words", words: String(n) }, conversation.draft!.kind)) ?? toInbox(texter);
    found.push({ code: null, run });
  }
  return found;
}
