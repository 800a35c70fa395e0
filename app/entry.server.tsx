import type { AppLoadContext, EntryContext, HandleErrorFunction } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToString } from "react-dom/server";
import { I18nProvider } from "@lingui/react";
import { errorFields } from "./core/log.server.ts";
import { i18nFor, textFor } from "./i18n/catalogues.server.ts";
import type { Locale } from "./i18n/locales.ts";
import { localeOf } from "./web/locale.server.ts";
import { pageHeaders } from "./web/security-headers.server.ts";
import { NonceProvider } from "./web/nonce.tsx";

/** Rendered whole, not streamed: our pages are small, and streaming costs more time than it saves (measured). */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
): Response {
  const locale = localeOf(context.services.env, request);
  const html = renderToString(
    <I18nProvider i18n={i18nFor(locale)}>
      <NonceProvider value={context.nonce}>
        <RemixServer context={remix} url={request.url} />
      </NonceProvider>
    </I18nProvider>,
  );
  headers.set("Content-Type", "text/html; charset=utf-8");
  for (const [name, value] of pageHeaders(context.services.env, context.nonce)) headers.set(name, value);
  return new Response(`<!doctype html>${status === 422 ? titledAsError(html, locale) : html}`, { status, headers });
}

/**
 * A page that comes back with faults says so in its title first, for those who hear it (WCAG 2.2, technique G199).
 * Where script takes over, it takes the words back out for as long as it compares the page with its own.
 */
function titledAsError(html: string, locale: Locale): string {
  const words = `${textFor(locale)("web.title_error")} `;
  return html.replace("<title>", `<title data-fault="${words.length}">${words}`);
}

/** Errors go to the allow-list log; the message, which may quote what somebody typed, does not. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted || error instanceof Response || isRouteErrorResponse(error)) return;
  context.services.log.error("page failed", { method: request.method, ...errorFields(error) });
};
