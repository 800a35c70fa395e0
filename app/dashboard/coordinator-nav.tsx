import { useRouteLoaderData } from "@remix-run/react";
import { useText } from "#app/i18n/use-text.ts";
import { Tabs } from "#app/ui/index.ts";

/** The coordinators' own pages. */
export function CoordinatorNav({
  at,
}: {
  at: "now" | "dashboard" | "matches" | "plan" | "promises" | "posts" | "messages" | "people" | "broadcasts";
}) {
  const t = useText();
  const waiting = useRouteLoaderData<{ waiting: number }>("root")?.waiting ?? 0;
  return (
    <Tabs
      label={t("dashboard.nav")}
      items={[
        { href: "/coordinate", text: t("now.title"), current: at === "now" },
        { href: "/coordinate/matches", text: t("matching.queue.title"), current: at === "matches" },
        { href: "/coordinate/plan", text: t("matching.plan.title"), current: at === "plan" },
        { href: "/coordinate/promises", text: t("promises.title"), current: at === "promises" },
        { href: "/coordinate/posts", text: t("dashboard.nav.posts"), current: at === "posts" },
        { href: "/coordinate/messages", text: t("messages.nav", { n: waiting }), current: at === "messages" },
        { href: "/coordinate/people", text: t("groups.people.title"), current: at === "people" },
        { href: "/coordinate/dashboard", text: t("dashboard.title"), current: at === "dashboard" },
        { href: "/coordinate/broadcasts", text: t("broadcasts.title"), current: at === "broadcasts" },
      ]}
    />
  );
}
