import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, Dots, EmptyState, FilterLinks, LinkButton, Notice } from "#app/ui/index.ts";
import { lateListHref, queryOf, USUAL_VIEW } from "../post-list.ts";
import { ageWords } from "../spans.ts";
import { UndoNotice } from "../undo-notice.tsx";
import type { LastAct } from "../undo.ts";
import { NOW_ACTS, type NowLine, type Worry, type WorryList } from "./now.ts";

export type NowProps = {
  worries: WorryList[];
  /** From here on a number is "and more". */
  counted: number;
  group: string;
  /** One kind alone, with all its lines. */
  only: Worry | null;
  choices: { slug: string; name: string }[];
  said: "asked_lately" | "gone" | "sent" | "accepted" | "declined" | null;
  last: LastAct | null;
  undone: boolean;
  open: number;
  nav: ReactNode;
  joining: ReactNode;
};

/** What needs somebody now: a sentence, then every exception with the one act that settles it. */
export function NowPage(props: NowProps) {
  const t = useText();
  const { worries, group, only, choices, said, last } = props;
  return (
    <>
      <UndoNotice act={last} undone={props.undone} to={hrefOf(group, only)} />
      {said && !last && (
        <Notice look={said === "gone" || said === "asked_lately" ? "wait" : "done"} role="status">
          {t(`now.said.${said}`)}
        </Notice>
      )}
      {only && <BackLink href={hrefOf(group)}>{t("now.title")}</BackLink>}
      <header>{only ? <h1>{t(`now.${only}`, { n: worries[0]?.total ?? 0 })}</h1> : <Headline {...props} />}</header>
      {props.nav}
      {choices.length > 1 && (
        <div className="desk-bar">
          <FilterLinks
            label={t("dashboard.group")}
            items={[{ slug: "", name: t("dashboard.group.all") }, ...choices].map(({ slug, name }) => ({
              href: hrefOf(slug, only),
              text: <bdi>{name}</bdi>,
              pressed: slug === group,
            }))}
          />
        </div>
      )}
      {worries.length === 0 && only && (
        <EmptyState
          title={t("reach.only.none")}
          action={<LinkButton href={hrefOf(group)}>{t("reach.only.back")}</LinkButton>}
        />
      )}
      {worries.length === 0 && !only && (
        <EmptyState
          title={t("now.calm")}
          action={
            <LinkButton href={`/coordinate/dashboard${group && `?group=${group}`}`}>{t("now.calm.link")}</LinkButton>
          }
        >
          {t("now.calm.words")}
        </EmptyState>
      )}
      {worries.map((list) => (
        <WorrySection key={list.worry} {...list} group={group} counted={props.counted} only={only} />
      ))}
      {props.joining}
    </>
  );
}

/** @param only a kind alone with all its lines; what its number counts */
function hrefOf(group: string, only: Worry | null = null): string {
  const query = new URLSearchParams({ ...(group && { group }), ...(only && { only }) });
  return query.size > 0 ? `/coordinate?${query}` : "/coordinate";
}

/** Its number is the length of the list behind its link. */
function Headline({ worries, group, counted, open }: NowProps) {
  const t = useText();
  const late = worries.find(({ worry }) => worry === "waiting")?.total ?? 0;
  if (late > 0)
    return (
      <>
        <h1>{t(late < counted ? "dashboard.late" : "now.late_many", { n: late })}</h1>
        <p>
          <a href={lateListHref(group)}>{t("dashboard.late.link")}</a>
        </p>
      </>
    );
  const list = `/coordinate/posts${queryOf({ ...USUAL_VIEW, kind: "need", state: "waiting", group })}`;
  return (
    <>
      <h1>{t("dashboard.late.none")}</h1>
      <p>
        {t("dashboard.late.waiting", { n: open })} {open > 0 && <a href={list}>{t("dashboard.late.waiting_link")}</a>}
      </p>
    </>
  );
}

function WorrySection(list: WorryList & Pick<NowProps, "group" | "counted" | "only">) {
  const { worry, total, lines, group, counted, only } = list;
  const t = useText();
  return (
    <section aria-labelledby={only ? undefined : `worry-${worry}`}>
      {!only && <h2 id={`worry-${worry}`}>{t(`now.${worry}`, { n: total })}</h2>}
      <ul className="plain settle">
        {lines.map((line) => (
          <Line key={line.key} worry={worry} line={line} group={group} only={only} />
        ))}
      </ul>
      {total > lines.length && (
        <p className="meta">
          {t(total < counted ? "now.more" : "now.many_more", { n: total - lines.length })}{" "}
          <a href={allHref(worry, group)}>{t("now.more.link")}</a>
        </p>
      )}
    </section>
  );
}

/** The list that a kind's number counts: of posts where that has one, else this page with this kind alone. */
function allHref(worry: Worry, group: string): string {
  if (worry === "waiting") return lateListHref(group);
  if (worry === "review") return `/coordinate/posts${queryOf({ ...USUAL_VIEW, state: "in_review", group })}`;
  return hrefOf(group, worry);
}

/** Where a line is looked into: the promise, or the post as coordinators work on it; what was sent on is not theirs any more. */
function hrefOfLine(worry: Worry, { key, claim, code }: NowLine): string {
  if (claim) return `/claims/${claim}`;
  if (worry === "unread") return `/coordinate/messages/${key}`;
  return worry === "watched" ? `/p/${code}` : `/coordinate/posts/${code}`;
}

type LineProps = { worry: Worry; line: NowLine; group: string; only: Worry | null };

function Line({ worry, line, group, only }: LineProps) {
  const t = useText();
  const act = NOW_ACTS[worry];
  const id = `line-${worry}-${line.key}`;
  const time = ageWords(t, line.seconds);
  return (
    <li>
      <span id={id}>
        {line.who !== null && (
          <>
            <b>
              <bdi>{line.who}</bdi>
            </b>
            {" · "}
          </>
        )}
        <What worry={worry} line={line} />
        <br />
        <span className="meta">
          <Dots
            items={[
              <strong key="when">{t(`now.when.${worry}`, { time })}</strong>,
              line.why && t(`dashboard.why.${line.why}` as "dashboard.why.other"),
              line.done !== null &&
                t(act === "nudge" ? "promises.nudged" : "now.asked", { time: ageWords(t, line.done) }),
              line.group && <bdi key="group">{line.group}</bdi>,
            ]}
          />
        </span>
      </span>
      <Act worry={worry} line={line} group={group} only={only} about={id} />
    </li>
  );
}

function What({ worry, line }: { worry: Worry; line: NowLine }) {
  const t = useText();
  if (worry === "unread") return <a href={hrefOfLine(worry, line)}>{t("now.a_message")}</a>;
  if (!line.code) return <>{t("now.no_post")}</>;
  return (
    <a href={hrefOfLine(worry, line)}>
      <bdi>{line.title}</bdi>
    </a>
  );
}

/** The one act that settles a line. Of a need: the offer that fits it, else people are asked, and where they just were the group is written to. */
type ActProps = { worry: Worry; line: NowLine; group: string; only: Worry | null; about: string };

function Act({ worry, line, group, only, about }: ActProps) {
  const t = useText();
  const act = NOW_ACTS[worry];
  const link = (href: string, words: string) => (
    <LinkButton look="plain" href={href} aria-describedby={about}>
      {words}
    </LinkButton>
  );
  if (worry === "unread") return link(hrefOfLine(worry, line), t("now.act.answer"));
  if (act === "see") return line.code ? link(`/p/${line.code}`, t("now.act.see")) : null;
  if (act === "ask" && line.fits) return link(`/coordinate/matches?need=${line.code}`, t("now.act.match"));
  if (act === "ask" && line.rests)
    return link(`/coordinate/broadcasts/new${group && `?group=${group}`}`, t("now.act.write"));
  return (
    <form method="post">
      <input type="hidden" name="code" value={line.code ?? ""} />
      <input type="hidden" name="claim" value={line.claim ?? ""} />
      <input type="hidden" name="group" value={group} />
      {only && <input type="hidden" name="only" value={only} />}
      {line.revision !== null && <input type="hidden" name="revision" value={line.revision} />}
      <Button look="plain" name="act" value={act} aria-describedby={about}>
        {t(`now.act.${act}`)}
      </Button>
    </form>
  );
}
