import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import type { AnswerWords } from "#app/groups/field-answers.ts";
import type { Contact } from "#app/posts/get-contact.server.ts";
import { AnswerList } from "#app/posts/answer-list.tsx";
import { StateChip } from "#app/posts/post-card.tsx";
import type { HistoryLine, PostCardView } from "#app/posts/post-words.ts";
import {
  BackLink,
  Button,
  DescriptionList,
  Label,
  LinkButton,
  Notice,
  Progress,
  Tag,
  TimeAgo,
  Trail,
  UserText,
} from "#app/ui/index.ts";

export type PostPageProps = {
  post: PostCardView;
  details: string | null;
  group: { slug: string; name: string };
  quantity: number;
  remaining: number;
  open: boolean;
  asked: string;
  /** What was said to the questions of its category, where the reader may know. */
  answers: AnswerWords[];
  history: HistoryLine[];
  mayContact: boolean;
  mayReview: boolean;
  mayClaim: boolean;
};

/** One need or offer: what is left, what may be done now, what happened. `children` is what others promised. */
export function PostPage(props: PostPageProps & { contact?: Contact; children?: ReactNode }) {
  const t = useText();
  const { post } = props;
  return (
    <div className="stack">
      <BackLink href="/board">{t("posts.page.board")}</BackLink>
      <p className="tags">
        <Label look={post.kind === "need" ? "ask" : "offer"}>
          {t(post.kind === "need" ? "posts.kind.need" : "posts.kind.offer")}
        </Label>
        <StateChip state={post.state}>{post.stateWords}</StateChip>
        {post.when && (
          <Tag look="wait" icon="clock">
            {post.when}
          </Tag>
        )}
      </p>
      <h1>
        <bdi>{post.title}</bdi>
      </h1>
      {props.mayReview && <Review />}
      {props.open ? (
        <Progress value={props.quantity - props.remaining} max={props.quantity}>
          {post.left}
        </Progress>
      ) : (
        post.state !== "in_review" && <p>{t("posts.page.closed")}</p>
      )}
      {props.details && <UserText>{props.details}</UserText>}
      <AnswerList answers={props.answers} />
      {props.mayClaim && (
        <LinkButton look={post.kind === "need" ? "act" : "offer"} wide href={`${post.href}/claims`}>
          {t(`posts.page.claim_${post.kind}`)}
        </LinkButton>
      )}
      {props.children}
      <Facts {...props} />
      {props.mayContact && <HowToReach contact={props.contact} />}
      <section>
        <h2>{t("posts.page.history")}</h2>
        <Trail items={props.history.map(({ key, when, words }) => ({ key, when, children: words }))} />
      </section>
    </div>
  );
}

function Facts({ post, group, asked }: PostPageProps) {
  const t = useText();
  return (
    <DescriptionList
      items={[
        { term: t("posts.page.code"), value: <span dir="ltr">{post.code}</span> },
        { term: t("posts.page.group"), value: <a href={`/groups/${group.slug}`}>{group.name}</a> },
        { term: t("posts.check.what"), value: post.about },
        {
          term: t("posts.page.when"),
          value: post.when ?? t(post.kind === "need" ? "posts.page.can_wait" : "posts.page.until_taken"),
        },
        { term: t("posts.page.where"), value: post.place ? <bdi>{post.place}</bdi> : t("posts.page.not_said") },
        {
          term: t(post.kind === "need" ? "posts.page.asked" : "posts.page.offered"),
          value: <TimeAgo at={post.createdAt}>{asked}</TimeAgo>,
        },
      ]}
    />
  );
}

/** Behind a button, because each look is written down. */
function HowToReach({ contact }: { contact?: Contact }) {
  const t = useText();
  if (!contact) {
    return (
      <form method="post">
        <p className="meta">{t("posts.page.contact_words")}</p>
        <Button look="plain" icon="lock" name="act" value="contact">
          {t("posts.page.show_contact")}
        </Button>
      </form>
    );
  }
  const said = (value: string | null) => (value ? <bdi>{value}</bdi> : t("posts.page.not_said"));
  return (
    <section>
      <h2>{t("posts.page.contact")}</h2>
      <DescriptionList
        items={[
          { term: t("posts.page.name"), value: said(contact.name) },
          {
            term: t("posts.page.phone"),
            value: contact.phone ? (
              <a href={`tel:${contact.phone}`} dir="ltr">
                {contact.phone}
              </a>
            ) : (
              t(contact.hidden ? "posts.page.hidden" : "posts.page.not_said")
            ),
          },
          ...(contact.email ? [{ term: t("posts.page.email"), value: said(contact.email) }] : []),
          { term: t("posts.page.address"), value: said(contact.address) },
          { term: t("posts.page.note"), value: said(contact.privateNote) },
        ]}
      />
    </section>
  );
}

function Review() {
  const t = useText();
  return (
    <form method="post">
      <Notice look="wait">{t("posts.page.review")}</Notice>
      <p className="row">
        <Button look="offer" name="act" value="approve">
          {t("posts.page.approve")}
        </Button>
        <Button look="quiet" name="act" value="decline">
          {t("posts.page.decline")}
        </Button>
      </p>
    </form>
  );
}
