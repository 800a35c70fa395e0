import { useText } from "#app/i18n/use-text.ts";
import { Notice } from "#app/ui/index.ts";
import type { AskedSoFar } from "./asked-so-far.server.ts";

/** `nextAt` in words. */
type Props = { soFar: (Omit<AskedSoFar, "nextAt"> & { nextAt: string | null }) | null };

/** To coordinators: how many were asked, and when more will be. Where nobody is left somebody has to think of something else. */
export function AskedSoFarLine({ soFar }: Props) {
  const t = useText();
  if (!soFar) return null;
  const { asked, answered, nextAt, nobodyLeft } = soFar;
  const words = (
    <>
      {t("waves.so_far", { asked })} {asked > 0 && t("waves.answered", { answered })}
    </>
  );
  if (nobodyLeft) {
    return (
      <Notice look="wait" title={t("waves.nobody_left")}>
        <p>{words}</p>
      </Notice>
    );
  }
  return (
    <p className="meta">
      {words} {nextAt && t("waves.next", { when: nextAt })}
    </p>
  );
}
