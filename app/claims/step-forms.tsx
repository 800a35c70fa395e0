import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import type { PostKind, Units } from "#app/posts/post.ts";
import { Button, type ButtonLook, Disclosure, LinkButton, NumberField, RadioGroup } from "#app/ui/index.ts";
import { type ClaimStatus, nextSteps } from "./claim.ts";
import { amount } from "./words.ts";

type Claim = {
  id: string;
  status: ClaimStatus;
  quantity: number;
  over: boolean;
  post: { kind: PostKind; units: Units | null };
};

/** The one likeliest next step as a button, and the way back; the rest stands on the promise's own page. */
export function NextStep({ claim }: { claim: Claim }) {
  const t = useText();
  const [next] = nextSteps(claim.post.kind, claim.status, "claimer");
  if (claim.over || !next) return null;
  return (
    <>
      <Step claim={claim} to={next} />
      <LinkButton href={`/claims/${claim.id}?hand_back=1`} look="quiet">
        {t(`claims.${claim.post.kind}.hand_back`)}
      </LinkButton>
    </>
  );
}

/** How many were typed where that is no number of things that can have come. */
export type PartFault = { typed: string };

/** Everything the claimer may do now. */
export function AllSteps({ claim, fault }: { claim: Claim; fault?: PartFault }) {
  const t = useText();
  const { kind, units } = claim.post;
  const steps = claim.over ? [] : nextSteps(kind, claim.status, "claimer");
  if (steps.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="steps">
      <h2 id="steps">{t("claims.next")}</h2>
      {steps
        .filter((to) => to !== "released")
        .map((to, at) => (
          <Step key={to} claim={claim} to={to} look={at === 0 ? "act" : "plain"} />
        ))}
      {steps.includes("delivered") && claim.quantity > 1 && (
        <Disclosure summary={t("claims.part_only")} open={fault !== undefined}>
          <StepForm id={claim.id} to="delivered">
            <NumberField
              name="quantity"
              label={t("claims.part.how_many")}
              hint={t("claims.part.hint", { amount: amount(t, claim.quantity, units) })}
              max={claim.quantity}
              defaultValue={fault?.typed}
              error={fault && t("claims.error.part", { most: claim.quantity })}
              required
              unit={units && <bdi>{units.many}</bdi>}
            />
            <Button look="plain">{t("claims.part.button")}</Button>
          </StepForm>
        </Disclosure>
      )}
      <p>
        <LinkButton href={`/claims/${claim.id}?hand_back=1`} look="quiet">
          {t(`claims.${kind}.hand_back`)}
        </LinkButton>
      </p>
    </section>
  );
}

/** The second tap: are you sure? A reason may be given and never has to. */
export function HandBack({ claim, reasons }: { claim: Claim; reasons: readonly string[] }) {
  const t = useText();
  const { kind } = claim.post;
  return (
    <StepForm id={claim.id} to="released">
      <h2>{t(`claims.${kind}.hand_back.title`)}</h2>
      <p>{t(`claims.${kind}.hand_back.kind_words`)}</p>
      <p className="row">
        <Button look="act">{t(`claims.${kind}.hand_back.yes`)}</Button>
        <LinkButton href={`/claims/${claim.id}`} look="quiet">
          {t("claims.hand_back.keep")}
        </LinkButton>
      </p>
      <Disclosure summary={t("claims.hand_back.say_why")}>
        <RadioGroup
          name="reason"
          legend={t("claims.hand_back.reason")}
          optional={t("web.optional")}
          options={reasons.map((value) => ({ value, label: t(`claims.reason.${value as "other"}`) }))}
        />
      </Disclosure>
    </StepForm>
  );
}

function Step({ claim, to, look }: { claim: Claim; to: ClaimStatus; look?: ButtonLook }) {
  const t = useText();
  const { kind, units } = claim.post;
  const all = claim.quantity > 1 ? "all" : "one";
  const words =
    to === "delivered"
      ? t(`claims.step.delivered.${all}`, { amount: amount(t, claim.quantity, units) })
      : t(`claims.step.${to === "on_the_way" ? "on_the_way" : "confirmed"}`);
  return (
    <StepForm id={claim.id} to={to}>
      <Button look={look ?? (kind === "need" ? "act" : "offer")}>{words}</Button>
    </StepForm>
  );
}

function StepForm({ id, to, children }: { id: string; to: ClaimStatus; children: ReactNode }) {
  return (
    <form method="post" action={`/claims/${id}`} className="stack" noValidate>
      <input type="hidden" name="status" value={to} />
      {children}
    </form>
  );
}

/** The due time has come and it still holds: that it does is all anybody needs to hear. */
export function StillGood({ id }: { id: string }) {
  const t = useText();
  return (
    <form method="post" action={`/claims/${id}/extensions`} className="stack">
      <p>{t("claims.still_good.words")}</p>
      <p>
        <Button look="plain">{t("claims.still_good.button")}</Button>
      </p>
    </form>
  );
}
