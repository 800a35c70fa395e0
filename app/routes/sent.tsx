import { json } from "@remix-run/node";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { useText } from "#app/i18n/use-text.ts";
import { LinkButton } from "#app/ui/index.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;
export const loader = guarded("anyone", ({ locale }) => json({ title: textFor(locale)("human.sent") }));

/** What a program that filled in the trap is shown; a person who got here learns how to reach us. */
export default function Sent() {
  const t = useText();
  return (
    <div className="measure stack">
      <h1>{t("human.sent")}</h1>
      <p>{t("human.sent.silence")}</p>
      <p>
        <LinkButton href="/">{t("human.back")}</LinkButton>
      </p>
    </div>
  );
}
