import type { ReactNode } from "react";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, ErrorSummary, FilterLinks, Notice } from "#app/ui/index.ts";
import { AskedFields } from "./asked-fields.tsx";
import type { CategoryChoice, FitsAnswer } from "./fits-forms.ts";
import type { FieldView } from "./field-answers.ts";
import type { FitView } from "./fit.ts";
import { WhatElseHelps } from "./what-else-helps.tsx";

export type FitsPageProps = {
  group: { slug: string; name: string };
  groups: { slug: string; name: string }[];
  learns: boolean;
  fits: FitView[];
  categories: { id: string; slug: string; name: string; fields: FieldView[] }[];
  /** Of every group: what may be offered. */
  offers: CategoryChoice[];
  /** Something was just saved; of this category, where it was a question. */
  saved: string | null;
};

/** For coordinators of a group: what can serve what, what is asked about it, and whether outcomes are learned from. */
export function FitsPage(props: FitsPageProps & { nav?: ReactNode; answer?: FitsAnswer }) {
  const t = useText();
  const { group, groups, answer } = props;
  return (
    <>
      <BackLink href={`/coordinate/matches?group=${group.slug}`}>{t("matching.fits.back")}</BackLink>
      <ErrorSummary
        title={t("posts.problem")}
        errors={answer?.errors.map(({ field, message }) => ({ field, message: t(message) })) ?? []}
      />
      {props.saved !== null && !answer && (
        <Notice look="done" role="status">
          {t("matching.fits.saved")}
        </Notice>
      )}
      <header>
        <h1>{t("matching.fits.title")}</h1>
        <p className="lede">{t("matching.fits.intro")}</p>
      </header>
      {props.nav}
      {groups.length > 1 && (
        <FilterLinks
          label={t("matching.fits.groups")}
          items={groups.map(({ slug, name }) => ({
            href: `/coordinate/matches/fits?group=${slug}`,
            text: name,
            pressed: slug === group.slug,
          }))}
        />
      )}
      <WhatElseHelps {...props} />
      <AskedFields categories={props.categories} answer={answer} saved={props.saved} />
      <Learning learns={props.learns} />
    </>
  );
}

/** What is counted and what never is, in plain words, and the switch. */
function Learning({ learns }: { learns: boolean }) {
  const t = useText();
  const words: MessageId[] = ["matching.fits.learn.what", "matching.fits.learn.use", "matching.fits.learn.not"];
  return (
    <section id="learning">
      <h2>{t("matching.fits.learn.title")}</h2>
      <p>
        <strong>{t(learns ? "matching.fits.learn.on" : "matching.fits.learn.off")}</strong>
      </p>
      {words.map((id) => (
        <p key={id} className="measure">
          {t(id)}
        </p>
      ))}
      <form method="post" className="row">
        <Button look="plain" name="act" value={learns ? "forget" : "learn"}>
          {t(learns ? "matching.fits.learn.turn_off" : "matching.fits.learn.turn_on")}
        </Button>
      </form>
    </section>
  );
}
