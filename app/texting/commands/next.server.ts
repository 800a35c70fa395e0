import { joinWaitingList } from "#app/claims/join-waiting-list.server.ts";
import { Problem } from "#app/core/problems.ts";
import { plainCode } from "#app/core/codes.ts";
import type { Answer, Texter } from "../texter.ts";

/** NEXT: waits in line for a post that is covered; alone it means the one they just came too late for. */
export async function next({ ctx, t, conversation }: Texter, { code }: { code: string | null }): Promise<Answer> {
  const named = code ?? conversation.missed;
  if (!named) return { outcome: "next", say: [t("texting.next_what")], idle: true };
  const say = { code: plainCode(named) };
  try {
    const { state } = await joinWaitingList(ctx, { code: named, quantity: 1 });
    if (state === "waiting") return { outcome: "next", say: [t("texting.next", say)], change: { missed: null } };
    return { outcome: "next", say: [t(state === "open" ? "texting.next_open" : "texting.next_yours", say)] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.kind === "own-post") return { outcome: "next", say: [t("texting.own_post", say)] };
    if (error.kind === "not-open") return { outcome: "next", say: [t("texting.next_closed", say)] };
    return { outcome: "next", say: [t("texting.no_code", say)], idle: true };
  }
}
