import { useText } from "#app/i18n/use-text.ts";
import { Button } from "#app/ui/index.ts";

/** To somebody who was texted about a need: saying no is fine, and spares them the rest of its texts. */
export function MyAsk({ ask }: { ask: "waiting" | "declined" | null }) {
  const t = useText();
  if (ask === null) return null;
  if (ask === "declined") return <p className="meta">{t("waves.ask.declined")}</p>;
  return (
    <form method="post" className="stack tight">
      <p className="meta">{t("waves.ask.asked")}</p>
      <div>
        <Button type="submit" look="quiet" name="act" value="cannot">
          {t("waves.ask.cannot")}
        </Button>
      </div>
    </form>
  );
}
