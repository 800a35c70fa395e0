import { useText } from "#app/i18n/use-text.ts";
import { Notice } from "#app/ui/index.ts";

/** To somebody who promised and whom no coordinator has accepted: why there is no name and no address here yet. */
export function UnknownYet({ group }: { group: { slug: string; name: string } }) {
  const t = useText();
  return (
    <Notice look="wait">
      <p>{t("access.unknown_yet", { group: `\u2068${group.name}\u2069` })}</p>
      <a href={`/groups/${group.slug}`}>{t("access.group", { group: `\u2068${group.name}\u2069` })}</a>
    </Notice>
  );
}
