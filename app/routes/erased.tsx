import { json } from "@remix-run/node";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Frieze, LinkButton } from "#app/ui/index.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("anyone", ({ locale }) => json({ title: textFor(locale)("mine.erased") }));

/** Where everybody comes who has deleted what was theirs. */
export default function Erased() {
  const t = useText();
  return (
    <div className="measure stack">
      <h1>{t("mine.erased")}</h1>
      <p>{t("mine.erased.words")}</p>
      <p className="meta">{t("mine.delete.stays")}</p>
      <LinkButton look="plain" href="/">
        {t("mine.home")}
      </LinkButton>
      <Frieze />
    </div>
  );
}
