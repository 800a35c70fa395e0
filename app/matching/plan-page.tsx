import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { Disclosure, EmptyState, ErrorSummary, FilterLinks, LinkButton, Notice, type LinkItem } from "#app/ui/index.ts";
import { DayForm } from "./plan-day-form.tsx";
import { PlanLines, Missing } from "./plan-lines.tsx";
import type { ShownPlan } from "./shown-plan.ts";

export type PlanProps = {
  plan: ShownPlan;
  /** Of the form: accepting twice does it once. */
  formKey: string;
  group: string;
  groups: { slug: string; name: string; href: string }[];
  day: string;
  dayWords: string;
  days: { day: string; text: string; href: string }[];
  /** Pairs that were taken out, by their names, each with the address of the plan with it. */
  out: Wish[];
  /** Pairs whose number was fixed, each with the address of the plan that may change it again. */
  fixed: (Wish & { quantity: number })[];
  /** The address of the plan without any wishes; null where there are none. */
  fresh: string | null;
  /** Not all wishes fit into the address. */
  full: boolean;
  said: { done: number; failed: { name: string; need: Titled; offer: Titled; words: string }[] } | null;
};
type Titled = { href: string; title: string };
/** What the coordinator decided about a pair, named by the titles of its posts. */
type Wish = { name: string; need: string; offer: string; href: string };
/** What was typed where a number has to be mended; `errors` are names of fields. */
export type PlanFault = { values: Record<string, string>; wrong: string[] } | null;

/** Who could serve what on a day, to be changed and accepted in one go. */
export function PlanPage({ nav, fault, ...props }: PlanProps & { nav: ReactNode; fault: PlanFault }) {
  const t = useText();
  const { plan, groups, group, days, day } = props;
  return (
    <>
      <ErrorSummary
        title={t("matching.plan.problem")}
        errors={(fault?.wrong ?? []).map((field) => ({ field, message: t("matching.plan.error.number") }))}
      />
      <Said said={props.said} />
      <header>
        <h1>{t("matching.plan.for", { day: props.dayWords })}</h1>
        <p className="lede">{t("matching.plan.intro")}</p>
      </header>
      {nav}
      <div className="desk-bar">
        <FilterLinks label={t("matching.plan.day")} items={days.map((one) => choice(one, one.text, one.day === day))} />
        {groups.length > 1 && (
          <FilterLinks
            label={t("dashboard.group")}
            items={groups.map((one) => choice(one, <bdi>{one.name}</bdi>, one.slug === group))}
          />
        )}
      </div>
      <DayForm group={group} day={day} />
      {plan.lines.length === 0 ? (
        <NothingToPlan plan={plan} group={group} />
      ) : (
        <>
          <Summary plan={plan} full={props.full} />
          <PlanLines lines={plan.lines} formKey={props.formKey} out={props.out.map(({ name }) => name)} fault={fault} />
        </>
      )}
      <Missing lines={plan.without} />
      <Wishes {...props} />
    </>
  );
}

const choice = ({ href }: { href: string }, text: ReactNode, pressed: boolean): LinkItem & { pressed: boolean } => ({
  href,
  text,
  pressed,
});

function Summary({ plan, full }: { plan: ShownPlan; full: boolean }) {
  const t = useText();
  return (
    <div className="stack tight">
      <p>
        <strong>{t("matching.plan.gets", { n: plan.lines.length })}</strong>{" "}
        {t("matching.plan.how_much", { full: plan.full, part: plan.part })}
      </p>
      <p>
        {t("matching.plan.stays", { n: plan.without.length })} {t("matching.plan.unused", { n: plan.unused })}
      </p>
      {plan.cut && <p>{t("matching.plan.cut")}</p>}
      {full && <p>{t("matching.plan.too_many_wishes")}</p>}
    </div>
  );
}

function NothingToPlan({ plan, group }: { plan: ShownPlan; group: string }) {
  const t = useText();
  const needs = plan.without.length > 0;
  return (
    <EmptyState
      title={t(needs ? "matching.plan.nothing_fits" : "matching.plan.no_needs")}
      action={
        <LinkButton href={needs ? `/coordinate/broadcasts/new` : `/coordinate/matches?group=${group}`}>
          {t(needs ? "matching.plan.ask_many" : "matching.plan.see_matches")}
        </LinkButton>
      }
    >
      {t(needs ? "matching.plan.nothing_fits.words" : "matching.plan.no_needs.words")}
    </EmptyState>
  );
}

function Said({ said }: Pick<PlanProps, "said">) {
  const t = useText();
  if (!said) return null;
  return (
    <>
      {said.done > 0 && (
        <Notice look="done" role="status">
          {t("matching.plan.done", { n: said.done })}
        </Notice>
      )}
      {said.failed.length > 0 && (
        <Notice look="wait" role="status" title={t("matching.plan.failed", { n: said.failed.length })}>
          <ul>
            {said.failed.map(({ name, need, offer, words }) => (
              <li key={name}>
                <a href={need.href}>
                  <bdi>{need.title}</bdi>
                </a>{" "}
                ·{" "}
                <a href={offer.href}>
                  <bdi>{offer.title}</bdi>
                </a>
                : {words}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

function Wishes({ out, fixed, fresh }: PlanProps) {
  const t = useText();
  if (!fresh) return null;
  return (
    <section aria-labelledby="wishes">
      <h2 id="wishes">{t("matching.plan.wishes")}</h2>
      {fixed.length > 0 && (
        <WishList
          summary={t("matching.plan.fixed", { n: fixed.length })}
          undo={t("matching.plan.let_go")}
          wishes={fixed.map((pair) => ({ ...pair, words: t("matching.plan.fixed.pair", pair) }))}
        />
      )}
      {out.length > 0 && (
        <WishList
          summary={t("matching.plan.taken_out", { n: out.length })}
          undo={t("matching.plan.put_back")}
          wishes={out.map((pair) => ({ ...pair, words: t("matching.plan.taken_out.pair", pair) }))}
        />
      )}
      <p>
        <a href={fresh}>{t("matching.plan.start_over")}</a>
      </p>
    </section>
  );
}

function WishList({ summary, undo, wishes }: { summary: string; undo: string; wishes: (Wish & { words: string })[] }) {
  return (
    <Disclosure summary={summary} open={wishes.length <= 5}>
      <ul className="plain settle">
        {wishes.map(({ name, words, href }) => (
          <li key={name}>
            <bdi>{words}</bdi>
            <a href={href}>{undo}</a>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
