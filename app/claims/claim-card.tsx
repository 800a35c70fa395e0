import { useText } from "#app/i18n/use-text.ts";
import type { PostKind, Units } from "#app/posts/post.ts";
import { Card, Dots, StatusChip } from "#app/ui/index.ts";
import { type ClaimStatus, isLive } from "./claim.ts";
import type { Said } from "./eta.ts";
import { NextStep } from "./step-forms.tsx";
import { amount, isolated, STAMP } from "./words.ts";

export type ShownClaim = {
  id: string;
  status: ClaimStatus;
  quantity: number;
  deliveredQuantity: number | null;
  over: boolean;
  closed: boolean;
  late: boolean;
  due: Said;
  lapses: Said;
  post: {
    code: string;
    kind: PostKind;
    title: string;
    units: Units | null;
    place: string | null;
    group: { name: string };
  };
};

/** One promise on the list: what to do, verb first, until when, and the button that says it is done. */
export function ClaimCard({ claim }: { claim: ShownClaim }) {
  const t = useText();
  const { post } = claim;
  const live = isLive(claim.status);
  const lines = [
    live && !claim.over ? t(`claims.due.${claim.late ? "late" : claim.due.day}`, claim.due) : null,
    <bdi key="group">{post.group.name}</bdi>,
    post.place && <bdi key="place">{post.place}</bdi>,
  ];
  return (
    <Card
      level={3}
      href={`/claims/${claim.id}`}
      look={claim.over ? "quiet" : post.kind === "need" ? "ask" : "offer"}
      title={<ClaimTitle claim={claim} />}
      tags={<ClaimStamp claim={claim} />}
      meta={<Dots items={lines} />}
      footer={<NextStep claim={claim} />}
    />
  );
}

/** "Bring 8 meals: Dinner for the hall", and afterwards what became of it. */
export function ClaimTitle({ claim }: { claim: ShownClaim }) {
  const t = useText();
  const n = claim.deliveredQuantity ?? claim.quantity;
  return <>{t(titleOf(claim), { amount: amount(t, n, claim.post.units), title: isolated(claim.post.title) })}</>;
}

function titleOf({ status, over, post }: ShownClaim) {
  const need = post.kind === "need";
  if (status === "confirmed") return need ? "claims.do.confirmed" : "claims.do.got";
  if (over) return "claims.do.over";
  if (!need) return "claims.do.fetch";
  if (status === "delivered") return "claims.do.delivered";
  return status === "on_the_way" ? "claims.do.on_the_way" : "claims.do.bring";
}

export function ClaimStamp({ claim }: { claim: Pick<ShownClaim, "status" | "closed" | "post"> }) {
  const t = useText();
  const { status, closed, post } = claim;
  if (closed) return <StatusChip status="gone">{t("claims.status.closed")}</StatusChip>;
  const asked = post.kind === "offer" && status === "promised";
  return <StatusChip status={STAMP[status]}>{t(asked ? "claims.status.asked" : `claims.status.${status}`)}</StatusChip>;
}
