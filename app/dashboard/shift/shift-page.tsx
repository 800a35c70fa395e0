import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import {
  Button,
  Dots,
  EmptyState,
  ErrorSummary,
  FilterLinks,
  Notice,
  SelectField,
  TextArea,
  UserText,
} from "#app/ui/index.ts";
import { ageWords } from "../spans.ts";
import { HAPPENED, HOURS, LONGEST_NOTE, shiftHref, type Happened } from "./shift.ts";

/** Spans in seconds: since when, or until when. */
export type ShiftProps = {
  since: string;
  notes: { id: string; who: string | null; words: string; seconds: number }[];
  counts: Partial<Record<Happened, number>>;
  totals: { fresh: number; promises: number };
  hours: number | null;
  all: boolean;
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
  const { notes, counts, fresh, promises, totals, wrong } = props;
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
      <Since {...props} />
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
        <h2>{t("shift.fresh", { n: totals.fresh })}</h2>
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
        <All shown={fresh.length} total={totals.fresh} {...props} />
      </section>
      <section>
        <h2>{t("shift.promises", { n: totals.promises })}</h2>
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
        <All shown={promises.length} total={totals.promises} {...props} />
      </section>
      <Leave {...props} />
    </div>
  );
}

/** How far back, by links. */
function Since({ group, groups, hours }: ShiftProps) {
  const t = useText();
  return (
    <div className="desk-bar">
      <FilterLinks
        label={t("reach.shift.since")}
        items={[null, ...HOURS].map((n) => ({
          href: shiftHref({ group, hours: n }),
          text: n === null ? t("reach.shift.note") : t("reach.shift.hours", { n }),
          pressed: n === hours,
        }))}
      />
      {groups.length > 1 && (
        <FilterLinks
          label={t("dashboard.group")}
          items={[{ slug: "", name: t("dashboard.group.all") }, ...groups].map(({ slug, name }) => ({
            href: shiftHref({ group: slug, hours }),
            text: <bdi>{name}</bdi>,
            pressed: slug === group,
          }))}
        />
      )}
    </div>
  );
}

function All({ shown, total, group, hours, all }: { shown: number; total: number } & ShiftProps) {
  const t = useText();
  if (all || shown >= total) return null;
  return (
    <p>
      <a href={shiftHref({ group, hours, all: true })}>{t("reach.shift.all", { n: total })}</a>
    </p>
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
