import { useRouteLoaderData } from "@remix-run/react";
import { useText } from "#app/i18n/use-text.ts";
import { Dots, Tabs } from "#app/ui/index.ts";

/** The coordinators' own pages. */
export function CoordinatorNav({
  at,
}: {
  at:
    | "now"
    | "dashboard"
    | "matches"
    | "plan"
    | "promises"
    | "review"
    | "posts"
    | "messages"
    | "people"
    | "broadcasts"
    | "shift"
    | "out"
    | "in"
    | "places"
    | "settings";
}) {
  const t = useText();
  const waiting = useRouteLoaderData<{ waiting: number }>("root")?.waiting ?? 0;
  const less = [
    { href: "/coordinate/review", text: t("review.title"), at: "review" },
    { href: "/coordinate/broadcasts", text: t("broadcasts.title"), at: "broadcasts" },
    { href: "/coordinate/shift", text: t("shift.title"), at: "shift" },
    { href: "/coordinate/in", text: t("in.title"), at: "in" },
    { href: "/coordinate/out", text: t("out.title"), at: "out" },
    { href: "/coordinate/places", text: t("places.title"), at: "places" },
    { href: "/coordinate/settings", text: t("settings.title"), at: "settings" },
    { href: "/map", text: t("map.title"), at: "map" },
  ];
  return (
    <>
      <Tabs
        label={t("dashboard.nav")}
        items={[
          { href: "/coordinate", text: t("now.title"), current: at === "now" },
          { href: "/coordinate/posts", text: t("dashboard.nav.posts"), current: at === "posts" },
          { href: "/coordinate/promises", text: t("promises.title"), current: at === "promises" },
          { href: "/coordinate/matches", text: t("matching.queue.title"), current: at === "matches" },
          { href: "/coordinate/plan", text: t("matching.plan.title"), current: at === "plan" },
          { href: "/coordinate/messages", text: t("messages.nav", { n: waiting }), current: at === "messages" },
          { href: "/coordinate/people", text: t("groups.people.title"), current: at === "people" },
          { href: "/coordinate/dashboard", text: t("dashboard.title"), current: at === "dashboard" },
        ]}
      />
      <p className="meta quiet-links">
        <Dots
          items={less.map((link) => (
            <a key={link.href} href={link.href} aria-current={link.at === at ? "page" : undefined}>
              {link.text}
            </a>
          ))}
        />
      </p>
    </>
  );
}
