import { useText } from "#app/i18n/use-text.ts";
import { Card, StatusChip } from "#app/ui/index.ts";
import type { BackedClaim } from "./backed-claims.server.ts";
import { amount, STAMP } from "./words.ts";

/** What somebody promised out of their offer: how much, for which need, and where it stands. */
export function BackedClaims({ claims }: { claims: BackedClaim[] }) {
  const t = useText();
  if (claims.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="given">
      <h2 id="given">{t("claims.backed")}</h2>
      {claims.map(({ id, needCode, title, quantity, units, status }) => (
        <Card
          key={id}
          level={3}
          look="quiet"
          href={`/p/${needCode}`}
          title={<bdi>{title}</bdi>}
          tags={<StatusChip status={STAMP[status]}>{t(`claims.status_of.${status}`)}</StatusChip>}
          meta={amount(t, quantity, units)}
        />
      ))}
    </section>
  );
}
