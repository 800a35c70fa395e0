import { useText } from "#app/i18n/use-text.ts";
import { Button, Card, Disclosure, EmptyState, RadioGroup, SelectField, Tag } from "#app/ui/index.ts";
import type { FitsPageProps } from "./fits-page.tsx";
import { FITS, type FitView } from "./fit.ts";
import { FIT_FORM, fieldId, inForm, type FitsAnswer } from "./fits-forms.ts";

/** What can serve what beside its own kind: each with a button to weigh it otherwise and one to take it away. */
export function WhatElseHelps(props: FitsPageProps & { answer?: FitsAnswer }) {
  const t = useText();
  const { fits, answer } = props;
  return (
    <section id="helps">
      <h2>{t("matching.fits.serve.title")}</h2>
      {fits.length === 0 && <EmptyState title={t("matching.fits.serve.none")} />}
      <div className="cards">
        {fits.map((fit) => (
          <OneFit key={`${fit.need.id} ${fit.offer.id}`} {...fit} />
        ))}
      </div>
      <Disclosure boxed summary={t("matching.fits.add.title")} open={answer?.form === FIT_FORM}>
        <AddFit {...props} />
      </Disclosure>
    </section>
  );
}

function OneFit({ need, offer, group, fit }: FitView) {
  const t = useText();
  const names = { need: need.name, offer: offer.name, group: group ?? "" };
  const other = fit === "well" ? "partly" : "well";
  return (
    <Card
      level={3}
      title={t(group ? "matching.fits.serve.line_group" : "matching.fits.serve.line", names)}
      tags={<Tag look={fit === "well" ? "offer" : "wait"}>{t(`matching.fits.fit.${fit}`)}</Tag>}
      footer={
        <form method="post" className="row">
          <input type="hidden" name="need" value={need.id} />
          <input type="hidden" name="offer" value={offer.id} />
          <input type="hidden" name="fit" value={other} />
          <Button look="quiet" name="act" value="fit">
            {t(`matching.fits.make.${other}`)}
          </Button>
          <Button look="quiet" name="act" value="unfit">
            {t("matching.fits.remove")}
          </Button>
        </form>
      }
    />
  );
}

function AddFit({ categories, offers, answer }: FitsPageProps & { answer?: FitsAnswer }) {
  const t = useText();
  const { typed, error } = inForm(FIT_FORM, answer, t);
  const field = (name: string) => ({ name, id: fieldId(FIT_FORM, name), error: error(name) });
  return (
    <form method="post" noValidate className="stack measure">
      <SelectField
        {...field("need")}
        label={t("matching.fits.add.need")}
        blank={t("matching.fits.add.pick")}
        options={categories.map(({ id, name }) => ({ value: id, label: name }))}
        defaultValue={typed?.["need"] ?? ""}
      />
      <SelectField
        {...field("offer")}
        label={t("matching.fits.add.offer")}
        blank={t("matching.fits.add.pick")}
        options={offers.map(({ id, name, group }) => ({
          value: id,
          label: t("matching.fits.add.of", { name, group }),
        }))}
        defaultValue={typed?.["offer"] ?? ""}
      />
      <RadioGroup
        {...field("fit")}
        legend={t("matching.fits.add.fit")}
        columns={2}
        options={FITS.map((value) => ({ value, label: t(`matching.fits.fit.${value}`) }))}
        defaultValue={typed?.["fit"] ?? "partly"}
      />
      <Button name="act" value="fit">
        {t("matching.fits.add.button")}
      </Button>
    </form>
  );
}
