import { json } from "@remix-run/node";
import type { PersonCtx } from "#app/core/ctx.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import type { ReportProps, ShownReport } from "#app/messages/reports.tsx";
import type { ShownSender } from "#app/messages/senders-panel.tsx";
import { agoWords, momentWords } from "#app/messages/when.ts";
import { listSenders } from "#app/notifications/list-senders.server.ts";
import { listReportedRelays, readReportedRelay } from "#app/relay/reported-relays.server.ts";

/** Reported conversations with their times in words. */
export async function shownReports(ctx: PersonCtx, locale: Locale): Promise<ShownReport[]> {
  const ago = (at: Date) => agoWords(at, ctx.now, locale, homeZone());
  const reports = await listReportedRelays(ctx);
  return reports.map(({ id, code, title, by, reportedAt, readAt }) => {
    return { id, code, title, by, ago: ago(reportedAt), read: readAt && ago(readAt) };
  });
}

/** One of them, word for word; that it was read is recorded. */
export async function openReport(given: {
  ctx: PersonCtx;
  locale: Locale;
  params: Record<string, string | undefined>;
}) {
  const { ctx, locale, params } = given;
  const { id, code, title, by, reportedAt, sides, said } = await readReportedRelay(ctx, params["report"] ?? "");
  const report: ReportProps = {
    id,
    code,
    title,
    by,
    sides,
    ago: agoWords(reportedAt, ctx.now, locale, homeZone()),
    said: said.map(({ at, ...line }) => ({
      ...line,
      at: at.toISOString(),
      moment: momentWords(at, locale, homeZone()),
    })),
  };
  const data = { title: textFor(locale)("messages.reports.title"), report };
  return json(data, { headers: { "Cache-Control": "no-store" } });
}

/** No pause that ends by itself is longer than this. */
const BY_ITSELF_MS = 366 * 86_400_000;

/** Our numbers with their figures in words. */
export async function shownSenders(ctx: PersonCtx, locale: Locale): Promise<ShownSender[]> {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const senders = await listSenders(ctx);
  return senders.map(({ id, address, pausedUntil, pauseReason, sentToday, dailyCap, last24h }) => ({
    id,
    address,
    paused: pausedUntil !== null,
    until:
      pausedUntil && pausedUntil.getTime() - ctx.now.getTime() < BY_ITSELF_MS
        ? momentWords(pausedUntil, locale, homeZone())
        : null,
    reason: pauseReason,
    sentToday: number.format(sentToday),
    cap: dailyCap === null ? null : number.format(dailyCap),
    sent: last24h.sent,
    sentWords: number.format(last24h.sent),
    share: last24h.sent > 0 ? percent.format(last24h.delivered / last24h.sent) : "",
    failed: last24h.failed,
    filtered: last24h.filtered,
  }));
}
