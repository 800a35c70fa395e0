import { useText } from "#app/i18n/use-text.ts";
import type { PostKind, Units } from "#app/posts/post.ts";
import { Button, Card, StatusChip } from "#app/ui/index.ts";
import type { PostClaim } from "./post-claims.server.ts";
import { amount, isolated, STAMP } from "./words.ts";

/**
 * Who helps with this post; everybody's own promise leads to its page. Saying that something came sends `act=confirm` and `claim` to `action`, or,
 * without one, to the claim itself.
 */
export function PostClaims({
  post,
  claims,
  action,
}: {
  post: { kind: PostKind; units: Units | null };
  claims: PostClaim[];
  action?: string;
}) {
  const t = useText();
  if (claims.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="helpers">
      <h2 id="helpers">{t(`claims.${post.kind}.helpers`)}</h2>
      {claims.map((claim) => (
        <Card
          key={claim.id}
          level={3}
          look="quiet"
          href={claim.mine ? `/claims/${claim.id}` : undefined}
          title={t(`claims.${post.kind}.helper`, {
            who: claim.mine ? t("claims.you") : claim.who ? isolated(claim.who) : t("claims.somebody"),
            amount: amount(t, claim.deliveredQuantity ?? claim.quantity, post.units),
          })}
          tags={<StatusChip status={STAMP[claim.status]}>{t(`claims.status_of.${claim.status}`)}</StatusChip>}
          meta={
            claim.eta && (claim.status === "promised" || claim.status === "on_the_way")
              ? t(`claims.eta.${claim.eta.day}`, claim.eta)
              : undefined
          }
          footer={claim.mayConfirm && <ItCame id={claim.id} action={action} />}
        />
      ))}
    </section>
  );
}

function ItCame({ id, action }: { id: string; action?: string }) {
  const t = useText();
  return (
    <form method="post" action={action ?? `/claims/${id}`}>
      {action && <input type="hidden" name="act" value="confirm" />}
      <input type="hidden" name="claim" value={id} />
      <input type="hidden" name="status" value="confirmed" />
      <Button>{t("claims.it_came")}</Button>
    </form>
  );
}
