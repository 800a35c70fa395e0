import { useText } from "#app/i18n/use-text.ts";
import { Button, Icon } from "#app/ui/index.ts";
import type { LiveState } from "./use-live.ts";

type Props = { live: LiveState; added: number; moved: number; stale: boolean; onShow: () => void };

/** One line above the list that is always there, so that nothing is pushed down when it has something to say. */
export function LiveLine({ live, added, moved, stale, onShow }: Props) {
  const t = useText();
  const news = added > 0 ? t("triage.new", { n: added }) : moved > 0 ? t("triage.moved", { n: moved }) : null;
  const words = news ?? (stale ? t("triage.stale") : null);
  return (
    <div className={live === "lost" ? "live-line lost" : "live-line"} data-live={live}>
      <p role="status">
        {live === "lost" && <Icon name="bang" />}
        {live === "lost" ? t("triage.lost") : live === "live" && !words ? t("triage.live") : ""}
      </p>
      {words && (
        <Button type="button" look="ask" onClick={onShow}>
          {words}
        </Button>
      )}
    </div>
  );
}
