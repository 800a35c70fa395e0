import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { Button, Dots, EmptyState, ErrorSummary, Notice, SelectField, TextArea, UserText } from "#app/ui/index.ts";
import { ageWords } from "../spans.ts";
import { HAPPENED, LONGEST_NOTE, type Happened } from "./shift.ts";

/** Spans in seconds: since when, or until when. */
export type ShiftProps = {
  since: string;
  notes: { id: string; who: string | null; words: string; seconds: number }[];
  counts: Partial<Record<Happened, number>>;
  fresh: { code: string; title: string; remaining: number; seconds: number }[];
  promises: { id: string; who: string | null; title: string; quantity: number; seconds: number; late: boolean }[];
  groups: { slug: string; name: string }[];
  group: string;
  said: boolean;
  wrong: { words: string } | null;
  nav: ReactNode;
};

/** What the last shift leaves to the next: their words, what happened since, what is open, who promised what. */
export function ShiftPage(props: ShiftProps) {
  const t = useText();
  const { notes, counts, fresh, promises, wrong } = props;
  const nobody = t("dashboard.joining.no_name");
  const happened = HAPPENED.filter((type) => (counts[type] ?? 0) > 0);
  return (
    <div className="stack">
      {wrong && <ErrorSummary title={t("posts.problem")} errors={[{ field: "words", message: t("shift.error") }]} />}
      {props.said && (
        <Notice look="done" role="status">
          {t("shift.said")}
        </Notice>
      )}
      <h1>{t("shift.title")}</h1>
      {props.nav}
      <p className="lede">{t("shift.since", { when: props.since })}</p>
      <section>
        <h2>{t("shift.happened")}</h2>
        {happened.length === 0 ? (
          <p>{t("shift.quiet")}</p>
        ) : (
          <ul>
            {happened.map((type) => (
              <li key={type}>{t(`shift.${type}`, { n: counts[type] ?? 0 })}</li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h2>{t("shift.notes")}</h2>
        {notes.length === 0 ? (
          <EmptyState title={t("shift.notes.none")} />
        ) : (
          <ul className="plain settle">
            {notes.map(({ id, who, words, seconds }) => (
              <li key={id}>
                <div>
                  <p className="meta">
                    <bdi>{who ?? nobody}</bdi> · {t("dashboard.ago", { time: ageWords(t, seconds) })}
                  </p>
                  <UserText>{words}</UserText>
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h2>{t("shift.fresh", { n: fresh.length })}</h2>
        <ul className="plain settle">
          {fresh.map(({ code, title, remaining, seconds }) => (
            <li key={code}>
              <a href={`/coordinate/posts/${code}`}>
                <bdi>{title}</bdi>
              </a>
              <span className="meta">
                <Dots items={[t("shift.left", { n: remaining }), t("dashboard.ago", { time: ageWords(t, seconds) })]} />
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t("shift.promises", { n: promises.length })}</h2>
        <ul className="plain settle">
          {promises.map(({ id, who, title, quantity, seconds, late }) => (
            <li key={id}>
              <span>
                <bdi>{who ?? nobody}</bdi> · {quantity} ·{" "}
                <a href={`/claims/${id}`}>
                  <bdi>{title}</bdi>
                </a>
              </span>
              <span className="meta">{t(`promises.due.${late ? "late" : "in"}`, { time: ageWords(t, seconds) })}</span>
            </li>
          ))}
        </ul>
      </section>
      <Leave {...props} />
    </div>
  );
}

function Leave({ groups, group, wrong }: ShiftProps) {
  const t = useText();
  return (
    <form method="post" noValidate className="measure stack">
      <h2>{t("shift.leave")}</h2>
      <SelectField
        name="group"
        label={t("dashboard.group")}
        defaultValue={group}
        options={groups.map(({ slug, name }) => ({ value: slug, label: name }))}
      />
      <TextArea
        name="words"
        label={t("shift.words")}
        hint={t("shift.words.hint")}
        rows={5}
        maxLength={LONGEST_NOTE}
        defaultValue={wrong?.words}
        error={wrong ? t("shift.error") : undefined}
      />
      <div className="row">
        <Button>{t("shift.leave")}</Button>
      </div>
    </form>
  );
}
