import type { ReactNode } from "react";
import { amount } from "#app/claims/words.ts";
import { useText } from "#app/i18n/use-text.ts";
import type { PostKind, Units } from "#app/posts/post.ts";
import { Button, Disclosure, Dots, EmptyState, FilterLinks, LinkButton, Notice } from "#app/ui/index.ts";
import type { PromiseAct, Stage } from "./promises.ts";
import { UndoNotice } from "./undo-notice.tsx";
import type { LastAct } from "./undo.ts";
import { ageWords } from "./spans.ts";

/** A promise in the reader's words; spans in seconds. */
export type ShownPromise = {
  id: string;
  who: string | null;
  stage: Stage;
  quantity: number;
  group: string;
  unknown: boolean;
  person: string | null;
  post: { code: string; kind: PostKind; title: string; units: Units | null };
  /** How late, or how long until it is due. */
  seconds: number;
  /** What happens by itself, and when: it goes back to the board, or counts as received. */
  next: string | null;
  nudged: number | null;
  acts: PromiseAct[];
};

export type PromisesProps = {
  stages: { stage: Stage; promises: ShownPromise[] }[];
  shown: number;
  total: number;
  late: number;
  group: string;
  choices: { slug: string; name: string }[];
  said: PromiseAct | "gone" | "reassigned" | null;
  last: LastAct | null;
  undone: boolean;
  nav: ReactNode;
};

/** What people have promised, by what happens next; each settled with one press. */
export function PromisesPage(props: PromisesProps) {
  const t = useText();
  const { stages, shown, total, group, choices, said } = props;
  return (
    <>
      <UndoNotice act={props.last} undone={props.undone} to={`/coordinate/promises${group && `?group=${group}`}`} />
      {said && !props.last && (
        <Notice look={said === "gone" ? "wait" : "done"} role="status">
          {t(said === "reassigned" ? "acts.reassign.done" : `promises.said.${said}`)}
        </Notice>
      )}
      <header>
        <h1>{t("promises.title")}</h1>
        <p className="lede">{t("promises.headline", { late: props.late, total })}</p>
      </header>
      {props.nav}
      {choices.length > 1 && (
        <div className="desk-bar">
          <FilterLinks
            label={t("dashboard.group")}
            items={[{ slug: "", name: t("dashboard.group.all") }, ...choices].map(({ slug, name }) => ({
              href: slug ? `/coordinate/promises?group=${slug}` : "/coordinate/promises",
              text: <bdi>{name}</bdi>,
              pressed: slug === group,
            }))}
          />
        </div>
      )}
      {total === 0 && (
        <EmptyState
          title={t("promises.none")}
          action={<LinkButton href="/coordinate/posts">{t("promises.none.posts")}</LinkButton>}
        >
          {t("promises.none.words")}
        </EmptyState>
      )}
      {stages.map(({ stage, promises }) => (
        <section key={stage} aria-labelledby={`stage-${stage}`}>
          <h2 id={`stage-${stage}`}>{t(`promises.stage.${stage}`, { n: promises.length })}</h2>
          <ul className="plain settle">
            {promises.map((promise) => (
              <PromiseLine key={promise.id} promise={promise} group={group} />
            ))}
          </ul>
        </section>
      ))}
      {shown < total && <p className="meta">{t("promises.more", { shown, total })}</p>}
    </>
  );
}

function PromiseLine({ promise, group }: { promise: ShownPromise; group: string }) {
  const t = useText();
  const { id, post, stage } = promise;
  const who = promise.who ?? t("dashboard.joining.no_name");
  const what = amount(t, promise.quantity, post.units);
  const time = ageWords(t, promise.seconds);
  return (
    <li>
      <span id={`promise-${id}`}>
        <b>
          <bdi>{who}</bdi>
        </b>{" "}
        {t(`promises.${post.kind}.${stage === "came" ? "brought" : "brings"}`, { amount: what })}{" "}
        <a href={`/claims/${id}`}>
          <bdi>{post.title}</bdi>
        </a>
        <br />
        <span className="meta">
          <Dots
            items={[
              stage !== "came" && (
                <strong key="due">{t(`promises.due.${stage === "late" ? "late" : "in"}`, { time })}</strong>
              ),
              promise.next,
              promise.nudged !== null && t("promises.nudged", { time: ageWords(t, promise.nudged) }),
              <bdi key="group">{promise.group}</bdi>,
              promise.unknown &&
                (promise.person ? (
                  <a key="unknown" href={`${promise.person}#checked`}>
                    {t("access.unknown_helper")}
                  </a>
                ) : (
                  t("access.unknown_helper")
                )),
            ]}
          />
        </span>
      </span>
      {promise.acts.length > 0 && <Acts promise={promise} group={group} />}
    </li>
  );
}

/** What is done most stands open, the rest behind a word: a phone shows three promises at once, not one. */
function Acts({ promise, group }: { promise: ShownPromise; group: string }) {
  const t = useText();
  const [first, ...others] = promise.acts.map((act, at) => (
    <Button
      key={act}
      look={at === 0 ? "plain" : "quiet"}
      name="act"
      value={act}
      aria-describedby={`promise-${promise.id}`}
    >
      {t(`promises.act.${act}`)}
    </Button>
  ));
  return (
    <form method="post" className="row">
      <input type="hidden" name="claim" value={promise.id} />
      <input type="hidden" name="group" value={group} />
      {first}
      <Disclosure summary={t("promises.act.more")}>
        <div className="row">
          {others}
          {promise.post.kind === "need" && (
            <LinkButton look="quiet" href={`/coordinate/promises/${promise.id}`}>
              {t("acts.reassign")}
            </LinkButton>
          )}
        </div>
      </Disclosure>
    </form>
  );
}
