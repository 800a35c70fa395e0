import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, Disclosure, Dots, ErrorSummary, LinkButton, Notice, Progress } from "#app/ui/index.ts";
import type { ImportState, Reading } from "./import.ts";
import { MappingForm, type ColumnView } from "./mapping-form.tsx";

export type BadLineView = { line: number; words: string[]; cells: string };
export type ImportPageProps = {
  id: string;
  state: ImportState;
  group: string;
  total: number;
  good: number;
  bad: number;
  done: number;
  /** Of a list that was not begun yet. */
  table: { columns: ColumnView[]; reading: Reading } | null;
  /** The first posts it would make. */
  preview: { line: number; title: string; about: string }[];
  /** The first lines that cannot be brought in; the file has all of them. */
  badLines: BadLineView[];
  hasReport: boolean;
  /** Posts that stayed when the rest was taken back. */
  kept: { code: string; title: string }[];
};

/** One list on its way in: which column is what, a dry run, how far it is, and the way back. */
export function ImportPage(props: ImportPageProps & { twice: string | null; nav: ReactNode }) {
  const t = useText();
  const { state, table, twice, total, good, bad, done } = props;
  const moves = state === "running" || state === "undoing";
  return (
    <div className="stack">
      {moves && <meta httpEquiv="refresh" content="3" />}
      <ErrorSummary
        title={t("posts.problem")}
        errors={
          twice && table
            ? [
                {
                  field: `c-${table.reading.mapping.findIndex((field) => field === twice)}`,
                  message: t("in.error.twice"),
                },
              ]
            : []
        }
      />
      <BackLink href="/coordinate/in">{t("in.title")}</BackLink>
      <header>
        <h1>{t(`in.is.${state}`, { good, total })}</h1>
        <p className="meta">
          <bdi>{props.group}</bdi>
        </p>
      </header>
      {props.nav}
      {moves && (
        <div role="status">
          <Progress value={done} max={good}>
            {t("in.progress", { done, good })}
          </Progress>
          <p className="meta">{t("in.refresh")}</p>
        </div>
      )}
      {state === "checked" && <Begin good={good} bad={bad} />}
      {state === "done" && <Undo good={good} />}
      {state === "undone" && <Kept kept={props.kept} done={done} />}
      <Preview preview={props.preview} />
      <BadLines {...props} />
      {table &&
        (state === "checked" ? (
          <Disclosure summary={t("in.columns.again")} open={twice !== null}>
            <MappingForm {...table} twice={twice} />
          </Disclosure>
        ) : (
          <MappingForm {...table} twice={twice} />
        ))}
      {table && (
        <form method="post">
          <p>
            <Button look="quiet" name="act" value="drop">
              {t("in.drop")}
            </Button>
          </p>
        </form>
      )}
    </div>
  );
}

function Begin({ good, bad }: { good: number; bad: number }) {
  const t = useText();
  return (
    <section className="measure stack tight">
      <p>
        <strong>{t("in.good", { n: good })}</strong> {t("in.bad", { n: bad })}
      </p>
      <p>{t("in.begin.words")}</p>
      {good > 0 && (
        <form method="post">
          <Button name="act" value="begin">
            {t("in.begin", { n: good })}
          </Button>
        </form>
      )}
    </section>
  );
}

function Undo({ good }: { good: number }) {
  const t = useText();
  return (
    <section className="measure stack tight">
      <Notice look="done">
        <p>{t("in.done.words", { n: good })}</p>
      </Notice>
      <p className="row">
        <LinkButton href="/coordinate/posts?sort=newest">{t("in.done.posts")}</LinkButton>
      </p>
      <Disclosure summary={t("in.undo")}>
        <form method="post" className="stack tight">
          <p>{t("in.undo.words")}</p>
          <p>
            <Button look="stop" name="act" value="undo">
              {t("in.undo.yes")}
            </Button>
          </p>
        </form>
      </Disclosure>
    </section>
  );
}

function Kept({ kept, done }: { kept: ImportPageProps["kept"]; done: number }) {
  const t = useText();
  return (
    <section className="stack tight">
      <p>{t("in.undone.words", { n: done })}</p>
      {kept.length > 0 && (
        <>
          <h2>{t("in.kept", { n: kept.length })}</h2>
          <ul className="lines">
            {kept.map(({ code, title }) => (
              <li key={code}>
                <a href={`/coordinate/posts/${code}`}>
                  <bdi>{title}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Preview({ preview }: { preview: ImportPageProps["preview"] }) {
  const t = useText();
  if (preview.length === 0) return null;
  return (
    <section>
      <h2>{t("in.preview")}</h2>
      <ul className="plain settle">
        {preview.map(({ line, title, about }) => (
          <li key={line}>
            <span>
              <b>
                <bdi>{title}</bdi>
              </b>
              <br />
              <span className="meta">
                <Dots items={[t("in.line", { line }), about]} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function BadLines({ id, bad, badLines, hasReport }: ImportPageProps) {
  const t = useText();
  if (badLines.length === 0) return null;
  return (
    <section>
      <h2>{t("in.bad_lines", { n: bad })}</h2>
      <ul className="plain settle">
        {badLines.map(({ line, words, cells }) => (
          <li key={line}>
            <span>
              <b>{t("in.line", { line })}</b> {words.join(" ")}
              <br />
              <span className="meta">
                <bdi>{cells}</bdi>
              </span>
            </span>
          </li>
        ))}
      </ul>
      {hasReport && (
        <form method="post" action={`/coordinate/in/${id}/bad`}>
          <p>
            <Button look="plain">{t("in.bad_file")}</Button>
          </p>
        </form>
      )}
    </section>
  );
}
