import { pauseAlerts } from "#app/people/pause-alerts.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Answer, Texter } from "../texter.ts";

const DAY = 86_400_000;
const PAUSE_DAYS = 7;

/** PAUSE [days]: no alerts about new needs for so long, a week unless told; 0 ends the rest. */
export async function pause({ ctx, t }: Texter, { days }: { days: number | null }): Promise<Answer> {
  const n = days ?? PAUSE_DAYS;
  const until = n === 0 ? null : new Date(ctx.now.getTime() + n * DAY);
  await pauseAlerts(ctx, { personId: ctx.person.id, until });
  return { outcome: "pause", say: [n === 0 ? t("texting.resumed") : t("texting.paused", { n })] };
}

/** LANG: from now on, everything we text them is in that language. */
export async function lang({ ctx, t }: Texter, { locale }: { locale: Locale | null }): Promise<Answer> {
  if (!locale) return { outcome: "lang", say: [t("texting.lang_which")], idle: true };
  await ctx.db.sql`update people set locale = ${locale} where id = ${ctx.person.id}::uuid`;
  return { outcome: "lang", say: [textFor(locale)("texting.lang")] };
}

/** MENU: what one can do by text. */
export function menu({ t }: Texter): Answer {
  return { outcome: "menu", say: [t("texting.menu")], idle: true };
}
