import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import {
  Button,
  Card,
  Disclosure,
  Dots,
  EmptyState,
  ErrorSummary,
  Label,
  Notice,
  Tag,
  TextArea,
  UserText,
} from "#app/ui/index.ts";
import { ageWords } from "../spans.ts";
import type { BlockedNumber, ReviewedPost } from "./review.server.ts";
import { LONGEST_WORDS, type ReviewAct, type UnsentWords } from "./review.ts";

export type ReviewProps = {
  posts: ReviewedPost[];
  blocked: BlockedNumber[];
  said: ReviewAct | null;
  /** May block everywhere. */
  admin: boolean;
  now: number;
  /** Goes with each form that sends a text, so that sent twice it is one. */
  formKey: string;
  unsent: UnsentWords | undefined;
};

/** What a coordinator should look at: posts that wait or stand out, each with why, and the numbers that are blocked. */
export function ReviewPage(props: ReviewProps & { nav: ReactNode }) {
  const t = useText();
  const { posts, blocked, said, unsent } = props;
  return (
    <>
      {unsent && (
        <ErrorSummary title={t("posts.problem")} errors={[{ field: `words-${unsent.code}`, message: t(unsent.why) }]} />
      )}
      {said && !unsent && (
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

function Reviewed({ post, admin, now, formKey, unsent }: ReviewProps & { post: ReviewedPost }) {
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
      footer={
        <>
          <Acts post={post} admin={admin} />
          {post.blockable && <Write post={post} formKey={formKey} unsent={unsent} />}
        </>
      }
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

/** Says by name what is done to which post, for whoever hears one button after the other. */
function ActButton({ act, look, title }: { act: ReviewAct; look: "act" | "plain" | "stop"; title: string }) {
  const t = useText();
  const words = t(`review.act.${act}`);
  return (
    <Button look={look} name="act" value={act} aria-label={t("review.act_on", { act: words, title })}>
      {words}
    </Button>
  );
}

function Acts({ post, admin }: { post: ReviewedPost; admin: boolean }) {
  const t = useText();
  return (
    <form method="post" className="stack tight">
      <input type="hidden" name="code" value={post.code} />
      <input type="hidden" name="revision" value={post.revision} />
      <div className="row">
        <ActButton act={post.waits ? "approve" : "keep"} look="act" title={post.title} />
        <ActButton act="decline" look="plain" title={post.title} />
      </div>
      {post.blockable && (
        <Disclosure summary={t("review.block")}>
          <p>{t("review.block.words")}</p>
          <div className="row">
            <ActButton act="block" look="stop" title={post.title} />
            {admin && <ActButton act="block_all" look="stop" title={post.title} />}
          </div>
        </Disclosure>
      )}
    </form>
  );
}

/** A text to whoever wrote the post: to ask them, or to say why it is taken down. */
function Write({ post, formKey, unsent }: { post: ReviewedPost; formKey: string; unsent: UnsentWords | undefined }) {
  const t = useText();
  const mine = unsent?.code === post.code ? unsent : undefined;
  return (
    <Disclosure summary={t("review.write")} open={mine !== undefined}>
      <form method="post" className="stack tight" noValidate>
        <input type="hidden" name="code" value={post.code} />
        <input type="hidden" name="revision" value={post.revision} />
        <input type="hidden" name="key" value={formKey} />
        <TextArea
          name="words"
          id={`words-${post.code}`}
          label={t("review.write.words")}
          hint={t("review.write.hint")}
          rows={3}
          maxLength={LONGEST_WORDS}
          defaultValue={mine?.words}
          error={mine && t(mine.why)}
        />
        <div className="row">
          <ActButton act="ask" look="act" title={post.title} />
          <ActButton act="decline_words" look="plain" title={post.title} />
        </div>
      </form>
    </Disclosure>
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
