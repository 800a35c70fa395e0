import type { ReactNode } from "react";
import type { Units } from "#app/posts/post.ts";
import { useText } from "#app/i18n/use-text.ts";
import type { ClosedReason } from "#app/events/event.ts";
import { type PostKind, type PostStatus, shownState } from "#app/posts/post.ts";
import { Card, Dots, EmptyState, FilterLinks, LinkButton, type Status, StatusChip } from "#app/ui/index.ts";
import { ClaimCard, type ShownClaim } from "./claim-card.tsx";
import { amount } from "./words.ts";

type OwnPost = {
  manage: string;
  post: {
    code: string;
    kind: PostKind;
    title: string;
    quantity: number;
    remaining: number;
    units: Units | null;
    status: PostStatus;
    closedReason: ClosedReason | null;
    group: { name: string };
  };
};

/** `questions`: what the reader is asked, first of all. */
export function MyPage(props: { past: boolean; claims: ShownClaim[]; posts: OwnPost[]; questions?: ReactNode }) {
  const { past, claims, posts, questions } = props;
  const t = useText();
  return (
    <div className="stack">
      <h1>{t("claims.mine.title")}</h1>
      {questions}
      <FilterLinks
        label={t("claims.mine.tabs")}
        items={[
          { href: "/me", text: t("claims.mine.now"), pressed: !past },
          { href: "/me?tab=past", text: t("claims.mine.past"), pressed: past },
        ]}
      />
      {claims.length === 0 && (past ? <p>{t("claims.mine.past_empty")}</p> : <NothingToDo />)}
      {claims.length > 0 && (
        <section className="stack" aria-labelledby="promises">
          <h2 id="promises">{t(past ? "claims.mine.done" : "claims.mine.promises", { n: claims.length })}</h2>
          {!past && (
            <p>
              <a href="/me/day">{t("day.link")}</a>
            </p>
          )}
          {claims.map((claim) => (
            <ClaimCard key={claim.id} claim={claim} />
          ))}
        </section>
      )}
      <section className="stack" aria-labelledby="posts">
        <h2 id="posts">{t("claims.mine.posts")}</h2>
        {posts.length === 0 && <p>{t("claims.mine.no_posts")}</p>}
        {posts.map((own) => (
          <OwnPostCard key={own.post.code} {...own} />
        ))}
        <p className="row">
          <LinkButton href="/needs/new" look="ask">
            {t("claims.mine.ask")}
          </LinkButton>
          <LinkButton href="/offers/new" look="offer">
            {t("claims.mine.give")}
          </LinkButton>
        </p>
      </section>
      <p>
        <a href="/me/settings">{t("claims.mine.settings")}</a>
      </p>
    </div>
  );
}

function NothingToDo() {
  const t = useText();
  return (
    <EmptyState
      title={t("claims.mine.empty")}
      action={<LinkButton href="/board?kind=need">{t("claims.mine.empty.action")}</LinkButton>}
    >
      {t("claims.mine.empty.words")}
    </EmptyState>
  );
}

const STAMPS: Record<ReturnType<typeof shownState>, Status> = {
  in_review: "wait",
  open: "open",
  partly_covered: "part",
  covered: "taken",
  fulfilled: "done",
  met_for_now: "done",
  withdrawn: "gone",
  expired: "gone",
  declined: "stop",
};

function OwnPostCard({ post, manage }: OwnPost) {
  const t = useText();
  const state = shownState(post);
  const left =
    post.status === "open" && t(`claims.${post.kind}.left`, { amount: amount(t, post.remaining, post.units) });
  return (
    <Card
      level={3}
      href={`/p/${post.code}`}
      look={post.kind === "need" ? "ask" : "offer"}
      title={<bdi>{post.title}</bdi>}
      tags={<StatusChip status={STAMPS[state]}>{t(`claims.mine.state.${state}`)}</StatusChip>}
      meta={<Dots items={[<bdi key="group">{post.group.name}</bdi>, left]} />}
      footer={
        <LinkButton href={manage} look="quiet">
          {t("claims.mine.manage")}
        </LinkButton>
      }
    />
  );
}
