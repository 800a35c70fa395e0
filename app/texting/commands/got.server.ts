import { confirmClaim } from "#app/claims/confirm-claim.server.ts";
import { Problem } from "#app/core/problems.ts";
import { minutesFrom } from "../conversation.ts";
import { findPromises, type Promised } from "../my-things.server.ts";
import { amount } from "../say.ts";
import type { Answer, Texter } from "../texter.ts";
import { askWhich } from "../which.ts";

const MINUTES = 30;
const MOST = 3;

/**
 * GOT: the receiver says that it came. Of their need: the one delivery, else they are asked which; of an offer they
 * asked for: that one.
 */
export async function got(texter: Texter, { code }: { code: string | null }): Promise<Answer> {
  const { t } = texter;
  const mine = await findPromises(texter, { code, states: ["promised"], done: "confirmed" });
  const asked = mine.filter(({ kind }) => kind === "offer");
  const brought = await findPromises(texter, {
    code,
    states: ["delivered", "on_the_way", "promised"],
    done: "confirmed",
    asAuthor: true,
  });
  const arrived = brought.filter(({ status }) => status === "delivered");
  const fitting = [...asked, ...(arrived.length > 0 ? arrived : brought)];
  const codes = new Set(fitting.map((promise) => promise.code));
  if (codes.size === 0) return { outcome: "got", say: [t("texting.got_nothing", { code: code ?? "" })] };
  if (codes.size > 1) return askWhich(texter, fitting, { command: "got", quantity: null });
  if (fitting.length > 1) return whose(texter, fitting.slice(0, MOST));
  return confirmOne(texter, fitting[0]!.id, fitting[0]!);
}

/** Several people brought something for one need. */
function whose({ ctx, t }: Texter, promises: Promised[]): Answer {
  const { code } = promises[0]!;
  const lines = promises
    .map((promise, at) => `${at + 1}) ${amount(t, promise.deliveredQuantity ?? promise.quantity, promise.units)}`)
    .join(" ");
  return {
    outcome: "got",
    say: [t("texting.got_which", { code, lines })],
    change: {
      pick: {
        claimIds: promises.map(({ id }) => id),
        code,
        until: minutesFrom(ctx.now.getTime(), MINUTES),
      },
      list: null,
    },
  };
}

/** Confirms one delivery; said twice it is the same. */
export async function confirmOne({ ctx, t }: Texter, id: string, about: { code: string }): Promise<Answer> {
  try {
    const claim = await confirmClaim(ctx, { id, token: null });
    return { outcome: "got", say: [t("texting.got", { code: claim.post.code })], change: { pick: null } };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { outcome: "got", say: [t("texting.too_late", { code: about.code })], change: { pick: null } };
  }
}
