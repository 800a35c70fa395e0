import { useText } from "#app/i18n/use-text.ts";
import type { PostKind } from "#app/posts/post.ts";
import { Card, Dots, StatusChip } from "#app/ui/index.ts";
import type { ClaimStatus } from "./claim.ts";
import type { Said } from "./eta.ts";
import { NextStep } from "./step-forms.tsx";
import { amount, STAMP } from "./words.ts";

export type ShownClaim = {
  id: string;
  status: ClaimStatus;
  quantity: number;
  deliveredQuantity: number | null;
  over: boolean;
  late: boolean;
  due: Said;
  post: { code: string; kind: PostKind; title: string; unit: string | null; place: string | null; group: { name: string } };
};

/** One promise on the list: what to do, verb first, until when, and the button that says it is done. */
export function ClaimCard({ claim }: { claim: ShownClaim }) {
  const t = useText();
  const { post } = claim;
  const live = claim.status === "promised" || claim.status === "on_the_way";
  const lines = [
    live && !claim.over ? t(`claims.due.${claim.late ? "late" : claim.due.day}`, claim.due) : null,
    <bdi key="group">{post.group.name}</bdi>,
    post.place && <bdi>{post.place}</bdi>,
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
  const { post, status } = claim;
  const n = claim.deliveredQuantity ?? claim.quantity;
  return <>{t(`claims.do.${post.kind}.${claim.over && status !== "confirmed" ? "over" : status}`, { amount: amount(t, n, post.unit), title: post.title })}</>;
}

export function ClaimStamp({ claim }: { claim: Pick<ShownClaim, "status" | "over" | "post"> }) {
  const t = useText();
  const { status, over, post } = claim;
  const closed = over && (status === "promised" || status === "on_the_way");
  return <StatusChip status={closed ? "gone" : STAMP[status]}>{t(closed ? "claims.status.closed" : `claims.status.${post.kind}.${status}`)}</StatusChip>;
}
