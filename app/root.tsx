import type { HeadersFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration } from "@remix-run/react";
import { isRouteErrorResponse, useLocation, useMatches, useRouteError, useRouteLoaderData } from "@remix-run/react";
import type { ShouldRevalidateFunctionArgs } from "@remix-run/react";
import type { ReactNode } from "react";
import { LinkButton, PageFrame } from "#app/ui/index.ts";
import type { MessageId } from "./i18n/compiled/message-id.ts";
import { directionOf, LOCALE_NAMES, LOCALES } from "./i18n/locales.ts";
import { useLocale, useText } from "./i18n/use-text.ts";
import type { PersonCtx } from "./core/ctx.ts";
import { isCoordinator } from "./groups/membership.ts";
import { countUnread } from "./messages/list-threads.server.ts";
import { publicNumber } from "./sms/provider.server.ts";
import { guarded, type ProblemBody } from "./web/guarded.server.ts";
import { useNonce } from "./web/nonce.tsx";
import "./ui/styles/page.css";

export const loader = guarded("anyone", async ({ ctx, context, request }) => ({
  signedIn: ctx.person !== null,
  coordinates: ctx.person !== null && (ctx.person.isAdmin || Object.values(ctx.person.roles).includes("coordinator")),
  /** Threads that wait for this coordinator, told in the tabs of the desk. */
  waiting: isCoordinator(ctx.person) && atTheDesk(request) ? await countUnread(ctx as PersonCtx) : 0,
  textNumber: publicNumber(context.services.env),
  simulated: context.services.env.SMS_PROVIDER === "local",
}));

const atTheDesk = (request: Request) => /^\/coordinate(\/|$)/.test(new URL(request.url).pathname);

/** A page that asks people to come back later says when, also to programs. */
export const headers: HeadersFunction = ({ errorHeaders }) => {
  const wait = errorHeaders?.get("Retry-After");
  return new Headers(wait ? { "Retry-After": wait } : []);
};

/** What the frame shows depends on who is signed in, not on a filter in the address. */
export function shouldRevalidate({
  formMethod,
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  return formMethod || currentUrl.pathname !== nextUrl.pathname ? defaultShouldRevalidate : false;
}

/**
 * What a route says about its page: `hydrate: false` leaves out every script (seekers' pages ship no React at all);
 * `desk` and `wide` are the coordinators' layouts.
 */
type PageHandle = { hydrate?: boolean; desk?: boolean; wide?: boolean };

export function Layout({ children }: { children: ReactNode }) {
  const locale = useLocale();
  const nonce = useNonce();
  const t = useText();
  const error = useRouteError();
  const failed = error !== undefined && error !== null; // outside an error page it is null, or undefined
  const hydrate = !failed && usePageHandle().hydrate !== false;
  return (
    <html lang={locale} dir={directionOf(locale)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {failed ? <title>{t(headingOf(statusOf(error)))}</title> : <Meta />}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <Links />
      </head>
      <body>
        <Frame>{children}</Frame>
        {hydrate && (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
          </>
        )}
      </body>
    </html>
  );
}

/** The top bar, the languages and the help line: in the same place on every page, also when a page failed. */
function Frame({ children }: { children: ReactNode }) {
  const t = useText();
  const locale = useLocale();
  const { pathname, search } = useLocation();
  const { desk, wide } = usePageHandle();
  const site = useRouteLoaderData<typeof loader>("root");
  const item = (href: string, id: MessageId) => ({ href, text: t(id), current: placeIn(href, pathname) });
  return (
    <PageFrame
      name={t("app.name")}
      home="/"
      skip={t("web.skip")}
      desk={desk}
      wide={wide}
      nav={{
        label: t("web.nav"),
        items: [
          item("/board", "web.nav.board"),
          item("/groups", "web.nav.groups"),
          ...(site?.coordinates ? [item("/coordinate", "web.nav.coordinate")] : []),
          site?.signedIn ? item("/me", "web.nav.me") : item("/sign-in", "web.nav.sign_in"),
        ],
      }}
      languages={{
        label: t("web.languages"),
        items: LOCALES.map((one) => ({
          href: languageHref(search, one),
          text: LOCALE_NAMES[one],
          lang: one,
          current: one === locale,
        })),
      }}
      help={site?.textNumber ? t("web.help.number", { number: `\u2068${site.textNumber}\u2069` }) : t("web.help")}
      footer={{
        label: t("web.footer"),
        items: [
          item("/numbers", "figures.public"),
          ...(site?.simulated ? [item("/dev/phones", "web.nav.phones")] : []),
        ],
      }}
    >
      {children}
    </PageFrame>
  );
}

function placeIn(href: string, pathname: string): "page" | "true" | undefined {
  if (pathname === href) return "page";
  return pathname.startsWith(`${href}/`) ? "true" : undefined;
}

function languageHref(search: string, locale: string): string {
  const query = new URLSearchParams(search);
  query.set("lang", locale);
  return `?${query}`;
}

function usePageHandle(): PageHandle {
  return Object.assign({}, ...useMatches().map((match) => match.handle as PageHandle | undefined));
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const t = useText();
  const error = useRouteError();
  const signedIn = useRouteLoaderData<typeof loader>("root")?.signedIn;
  const status = statusOf(error);
  const body = isRouteErrorResponse(error) ? (error.data as ProblemBody | undefined) : undefined;
  const kind = body?.problem ?? (status === 404 ? "not-found" : "unexpected");
  return (
    <>
      <h1>{t(headingOf(status))}</h1>
      <p>{t(`problem.${kind}` as MessageId, body?.facts)}</p>
      <p className="row">
        <LinkButton href="/board">{t("web.to_board")}</LinkButton>
        {signedIn && (
          <LinkButton look="quiet" href="/me">
            {t("web.nav.me")}
          </LinkButton>
        )}
      </p>
    </>
  );
}

const statusOf = (error: unknown) => (isRouteErrorResponse(error) ? error.status : 500);

function headingOf(status: number): MessageId {
  if (status === 404) return "web.heading.not_found";
  if (status === 403) return "web.heading.not_allowed";
  if (status === 409) return "web.heading.moved_on";
  return status === 429 || status === 503 ? "web.heading.busy" : "web.heading.trouble";
}
