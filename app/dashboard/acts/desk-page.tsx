import { useText } from "#app/i18n/use-text.ts";
import { StateChip } from "#app/posts/post-card.tsx";
import { BackLink, Dots, ErrorSummary, LinkButton, Notice, Trail } from "#app/ui/index.ts";
import { ageWords } from "../spans.ts";
import { UndoNotice } from "../undo-notice.tsx";
import type { LastAct } from "../undo.ts";
import { Conflict } from "./conflict.tsx";
import { Act, Close, Duplicates, Edit, Review, Send, Split } from "./desk-forms.tsx";
import type { Desk, DeskAct, DeskFault } from "./desk.ts";

type Props = { desk: Desk; fault: DeskFault | undefined; said: DeskAct | null; last: LastAct | null; undone: boolean };

/** One post as a coordinator works on it: every act a form of its own, none of them overwriting anybody. */
export function DeskPage({ desk, fault, said, last, undone }: Props) {
  const t = useText();
  const { code, kind, state } = desk;
  const closed = !["open", "partly_covered", "covered", "in_review"].includes(state);
  const form = { desk, fault };
  return (
    <div className="stack">
      <BackLink href="/coordinate/posts">{t("dashboard.nav.posts")}</BackLink>
      <ErrorSummary
        title={t("posts.problem")}
        errors={fault?.errors.map(({ field, message, facts }) => ({ field, message: t(message, facts) })) ?? []}
      />
      {fault?.conflict && <Conflict desk={desk} fault={fault} />}
      <UndoNotice act={last} undone={undone} to={`/coordinate/posts/${code}`} />
      {said && !last && (
        <Notice look="done" role="status">
          {t(`acts.said.${said}`)}
        </Notice>
      )}
      <header>
        <h1>
          <bdi>{desk.title}</bdi>
        </h1>
        <p className="tags">
          <StateChip state={state}>{t(`dashboard.state.${state}`)}</StateChip>
        </p>
        <p className="meta">
          <Dots
            items={[
              t(`dashboard.kind.${kind}`),
              <bdi key="group">{desk.group}</bdi>,
              t("dashboard.ago", { time: ageWords(t, desk.seconds) }),
              t("acts.left", { n: desk.remaining, of: desk.quantity }),
              desk.entered && t("acts.entered"),
            ]}
          />
        </p>
        <p>
          <LinkButton look="quiet" href={`/p/${code}`}>
            {t("acts.public")}
          </LinkButton>
        </p>
      </header>
      {desk.mergedInto && (
        <Notice>
          {t("acts.merged_into")} <a href={`/coordinate/posts/${desk.mergedInto}`}>{desk.mergedInto}</a>
        </Notice>
      )}
      {state === "in_review" && <Review desk={desk} />}
      {desk.duplicates.length > 0 && <Duplicates {...form} />}
      {closed ? (
        !desk.mergedInto && (
          <Act act="reopen" desk={desk} button={t("now.act.reopen")}>
            <h2>{t("acts.reopen")}</h2>
          </Act>
        )
      ) : (
        <>
          <Edit {...form} />
          <div className="cards">
            <Close {...form} />
            {desk.remaining > 0 && desk.quantity > 1 && <Split {...form} />}
            <Send {...form} />
          </div>
        </>
      )}
      <section>
        <h2>{t("posts.page.history")}</h2>
        <Trail items={desk.history.map(({ key, when, words }) => ({ key, when, children: words }))} />
      </section>
    </div>
  );
}
