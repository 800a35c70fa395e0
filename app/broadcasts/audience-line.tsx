import { useText } from "#app/i18n/use-text.ts";
import type { AudienceCount } from "./audience.ts";

export const useCountWords = () => {
  const t = useText();
  return ({ people, optedOut, resting, overCap, quiet }: AudienceCount) =>
    t("broadcasts.count", { n: people, stop: optedOut, resting, cap: overCap, quiet });
};

/** Whom it is for, as a sentence, and how many that are. Said anew when the count changes. */
export function AudienceLine({ sentence, count, busy }: { sentence: string; count: AudienceCount; busy?: boolean }) {
  const words = useCountWords();
  return (
    <div className="audience" role="status" aria-busy={busy || undefined}>
      <p>
        <bdi>{sentence}</bdi>
      </p>
      <strong>{words(count)}</strong>
    </div>
  );
}
