import type { ReactNode } from "react";
import type { FieldAnswers } from "#app/groups/category-field.ts";
import { answerWords, type FieldView } from "#app/groups/field-answers.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useText } from "#app/i18n/use-text.ts";
import { CloseForm, EditForm, ReopenForm } from "#app/posts/manage-forms.tsx";
import { AnswerList } from "#app/posts/answer-list.tsx";
import { StateChip } from "#app/posts/post-card.tsx";
import type { HistoryLine, PostCardView } from "#app/posts/post-words.ts";
import { ErrorSummary, Frieze, LinkButton, Notice, Progress, TearOff, Trail, UserText } from "#app/ui/index.ts";

export type ManagePageProps = {
  post: PostCardView;
  details: string | null;
  group: { slug: string; name: string };
  quantity: number;
  remaining: number;
  hasPhone: boolean;
  reopens: string | null;
  fresh: boolean;
  /** What was just done, as a sentence. */
  done: MessageId | null;
  history: HistoryLine[];
  looks: number;
  edit: Record<string, string>;
  /** What its category asks beside how many, and what was said to it. */
  fields: FieldView[];
  answers: FieldAnswers;
};

export type ManageAnswer = {
  /** `match`: of the form that takes up what fits, which `matches` shows. */
  act: "edit" | "close" | "match";
  values: Record<string, string>;
  errors: { field: string; message: MessageId; facts: Record<string, string | number> }[];
};

/** The author's own page: how it stands, what may be done. `helpers` is the list of promises, `questions` what the author is asked, `matches` what fits. The receipt is this page, so it is never out of date. */
export function ManagePage(
  props: ManagePageProps & {
    answer?: ManageAnswer;
    helpers: ReactNode;
    questions?: ReactNode;
    matches?: ReactNode;
    /** The way to delete it. */
    erase?: ReactNode;
  },
) {
  const t = useText();
  const { post, answer } = props;
  const closed = !["open", "partly_covered", "covered", "in_review"].includes(post.state);
  return (
    <div className="stack">
      <ErrorSummary
        title={t("posts.problem")}
        errors={answer?.errors.map(({ field, message, facts }) => ({ field, message: t(message, facts) })) ?? []}
      />
      {props.done && (
        <Notice look="done" role="status">
          {t(props.done)}
        </Notice>
      )}
      <h1>{props.fresh ? t(`posts.manage.new_${post.kind}`) : t("posts.manage.title")}</h1>
      <TearOff label={t("posts.manage.code")} code={post.code} />
      {props.questions}
      {props.fresh && <Next {...props} />}
      <section>
        <p className="tags">
          <StateChip state={post.state}>{post.stateWords}</StateChip>
        </p>
        <h2>
          <bdi>{post.title}</bdi>
        </h2>
        {props.details && <UserText>{props.details}</UserText>}
        <AnswerList answers={answerWords(props.fields, props.answers)} />
        {!closed && (
          <Progress value={props.quantity - props.remaining} max={props.quantity}>
            {post.left}
          </Progress>
        )}
        {props.reopens && <p>{props.reopens}</p>}
      </section>
      {props.helpers ?? <p>{t("posts.manage.no_promises")}</p>}
      {props.matches}
      {closed ? (
        post.state !== "declined" && <ReopenForm kind={post.kind} />
      ) : (
        <>
          <CloseForm kind={post.kind} answer={answer?.act === "close" ? answer : undefined} />
          <EditForm
            kind={post.kind}
            values={props.edit}
            fields={props.fields}
            answers={props.answers}
            answer={answer?.act === "edit" ? answer : undefined}
          />
        </>
      )}
      <section>
        <h2>{t("posts.page.history")}</h2>
        <Trail items={props.history.map(({ key, when, words }) => ({ key, when, children: words }))} />
        <p className="meta">{t("posts.manage.looks", { n: props.looks })}</p>
      </section>
      <p className="meta">{t("posts.manage.keep_link")}</p>
      {props.erase}
      <p className="row">
        <LinkButton look="quiet" href={`/${post.kind}s/new`}>
          {t(post.kind === "need" ? "posts.manage.another" : "posts.manage.another_offer")}
        </LinkButton>
        <LinkButton look="quiet" href={post.href}>
          {t("posts.manage.public")}
        </LinkButton>
      </p>
      <Frieze />
    </div>
  );
}

function Next({ post, group, hasPhone }: ManagePageProps) {
  const t = useText();
  const next = post.state === "in_review" ? "posts.manage.next_review" : (`posts.manage.next_${post.kind}` as const);
  return (
    <section>
      <h2>{t("posts.manage.next")}</h2>
      <p>{t(next, { group: group.name })}</p>
      <p>{t(hasPhone ? "posts.manage.next_text" : "posts.manage.next_no_phone")}</p>
    </section>
  );
}
