import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { Card, Dots, Label, StatusChip, Tag, TimeAgo, type Status } from "#app/ui/index.ts";
import type { PostCardView } from "#app/posts/post-words.ts";
import type { ShownState } from "#app/posts/post.ts";

const LOOKS: Record<ShownState, Status> = {
  in_review: "wait",
  open: "open",
  partly_covered: "part",
  covered: "taken",
  fulfilled: "done",
  met_for_now: "back",
  withdrawn: "gone",
  expired: "gone",
  declined: "stop",
};

export function StateChip({ state, children }: { state: ShownState; children: ReactNode }) {
  return <StatusChip status={LOOKS[state]}>{children}</StatusChip>;
}

/** One post on a list. The whole card leads to its page. */
export function PostCard({ post, level }: { post: PostCardView; level?: 2 | 3 }) {
  const t = useText();
  const look = post.kind === "need" ? "ask" : "offer";
  return (
    <Card
      level={level}
      look={look}
      href={post.href}
      title={<bdi>{post.title}</bdi>}
      tags={
        <>
          <Label look={look}>{t(`posts.kind.${post.kind}`)}</Label>
          <Tag look={look}>{post.about}</Tag>
          {post.when && (
            <Tag look="wait" icon="clock">
              {post.when}
            </Tag>
          )}
          {post.state !== "open" && <StateChip state={post.state}>{post.stateWords}</StateChip>}
        </>
      }
      meta={
        <Dots
          items={[
            post.left,
            post.place && <bdi key="place">{post.place}</bdi>,
            <TimeAgo key="waiting" at={post.createdAt}>
              {post.waiting}
            </TimeAgo>,
          ]}
        />
      }
    />
  );
}
