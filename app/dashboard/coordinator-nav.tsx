import { useText } from "#app/i18n/use-text.ts";
import { FilterLinks } from "#app/ui/index.ts";

/** The coordinators' own pages. */
export function CoordinatorNav({ at }: { at: "overview" | "posts" }) {
  const t = useText();
  return (
    <FilterLinks
      label={t("dashboard.nav")}
      items={[
        { href: "/coordinate", text: t("dashboard.title"), pressed: at === "overview" },
        { href: "/coordinate/posts", text: t("dashboard.nav.posts"), pressed: at === "posts" },
      ]}
    />
  );
}
