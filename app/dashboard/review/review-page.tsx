import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { Button, Card, Disclosure, Dots, EmptyState, Label, Notice, Tag, UserText } from "#app/ui/index.ts";
import { ageWords } from "../spans.ts";
import type { BlockedNumber, ReviewedPost } from "./review.server.ts";
import type { ReviewAct } from "./review.ts";

export type ReviewProps = {
  posts: ReviewedPost[];
  blocked: BlockedNumber[];
  said: ReviewAct | null;
  /** May block everywhere. */
  admin: boolean;
  now: number;
};

/** What a coordinator should look at: posts that wait or stand out, each with why, and the numbers that are blocked. */
export function ReviewPage(props: ReviewProps & { nav: ReactNode }) {
  const t = useText();
  const { posts, blocked, said } = props;
  return (
    <>
      {said && (
        <Notice look="done" role="status">
          {t(`review.said.${said}`)}
        </Notice>
      )}
      <header>
        <h1>{t("review.title")}</h1>
        <p className="lede">{t("review.intro")}</p>
      </header>
      {props.nav}
      {posts.length === 0 ? (
        <EmptyState title={t("review.none")}>{t("review.none.words")}</EmptyState>
      ) : (
        <div className="cards">
          {posts.map((post) => (
            <Reviewed key={post.code} {...props} post={post} />
          ))}
        </div>
      )}
      <section aria-labelledby="blocked" className="stack tight">
        <h2 id="blocked">{t("review.blocked")}</h2>
        <p>{t("review.blocked.words")}</p>
        {blocked.length === 0 ? <p className="meta">{t("review.blocked.none")}</p> : <Blocked {...props} />}
      </section>
    </>
  );
}

function Reviewed({ post, admin, now }: ReviewProps & { post: ReviewedPost }) {
  const t = useText();
  return (
    <Card
      title={<bdi>{post.title}</bdi>}
      level={2}
      look={post.kind === "need" ? "ask" : "offer"}
      tags={
        <>
          <Label look={post.kind === "need" ? "ask" : "offer"}>{t(`review.kind.${post.kind}`)}</Label>
          {post.waits && <Tag look="wait">{t("review.waits")}</Tag>}
        </>
      }
      meta={
        <Dots
          items={[
            <a key="code" href={`/p/${post.code}`}>
              {post.code}
            </a>,
            <bdi key="group">{post.group}</bdi>,
            t("room.ago", { time: ageWords(t, (now - post.at) / 1000) }),
          ]}
        />
      }
      footer={<Acts post={post} admin={admin} />}
    >
      {post.concerns.length > 0 && (
        <ul>
          {post.concerns.map((concern) => (
            <li key={concern}>{t(`review.why.${concern}`, { n: post.lately })}</li>
          ))}
        </ul>
      )}
      {post.details && <UserText>{post.details}</UserText>}
      {post.place && <UserText>{post.place}</UserText>}
    </Card>
  );
}

function Acts({ post, admin }: { post: ReviewedPost; admin: boolean }) {
  const t = useText();
  const button = (act: ReviewAct, look: "act" | "plain" | "stop" | "quiet") => (
    <Button
      look={look}
      name="act"
      value={act}
      aria-label={t("review.act_on", { act: t(`review.act.${act}`), title: post.title })}
    >
      {t(`review.act.${act}`)}
    </Button>
  );
  return (
    <form method="post" className="stack tight">
      <input type="hidden" name="code" value={post.code} />
      <input type="hidden" name="revision" value={post.revision} />
      <div className="row">
        {post.waits ? button("approve", "act") : button("keep", "act")}
        {button("decline", "plain")}
      </div>
      {post.blockable && (
        <Disclosure summary={t("review.block")}>
          <p>{t("review.block.words")}</p>
          <div className="row">
            {button("block", "stop")}
            {admin && button("block_all", "stop")}
          </div>
        </Disclosure>
      )}
    </form>
  );
}

function Blocked({ blocked, now }: ReviewProps) {
  const t = useText();
  return (
    <ul className="plain settle">
      {blocked.map((one) => {
        const name = one.name ?? t("review.no_name");
        return (
          <li key={`${one.scope} ${one.personId}`}>
            <span>
              <b>
                <bdi>{name}</bdi>
              </b>
              <br />
              <span className="meta">
                <Dots
                  items={[
                    one.group ? <bdi key="group">{one.group}</bdi> : t("review.everywhere"),
                    t("room.ago", { time: ageWords(t, (now - one.at) / 1000) }),
                  ]}
                />
              </span>
            </span>
            <form method="post">
              <input type="hidden" name="personId" value={one.personId} />
              <input type="hidden" name="scope" value={one.scope} />
              <Button look="quiet" name="act" value="unblock" aria-label={t("review.unblock_which", { name })}>
                {t("review.act.unblock")}
              </Button>
            </form>
          </li>
        );
      })}
    </ul>
  );
}
