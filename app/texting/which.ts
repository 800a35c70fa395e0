import { minutesFrom, type Held } from "./conversation.ts";
import { cut } from "./say.ts";
import type { Answer, Texter } from "./texter.ts";

export type Choosable = { code: string; title: string };

/** How long a code alone still answers the question. */
const MINUTES = 30;
const MOST = 4;

/** Several things fit: asks for the code, and keeps what was said until it comes. */
export function askWhich(
  { ctx, t }: Texter,
  choices: Choosable[],
  held: { command: string; quantity: number | null },
): Answer {
  const shown = [...new Map(choices.map((choice) => [choice.code, choice])).values()].slice(0, MOST);
  const lines = shown.map(({ code, title }) => `${code} ${cut(title, 24)}`).join(", ");
  const kept: Held = {
    kind: "command",
    ...held,
    codes: shown.map(({ code }) => code),
    until: minutesFrom(ctx.now.getTime(), MINUTES),
  };
  return {
    outcome: held.command,
    say: [t("texting.which", { lines })],
    change: { held: kept },
  };
}
