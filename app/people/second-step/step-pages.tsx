import { useText } from "#app/i18n/use-text.ts";
import { CodeField, Page, type Fault } from "#app/people/sign-in-pages.tsx";
import { Button, Notice } from "#app/ui/index.ts";
import { PasskeyForm, type PasskeyAsked } from "./passkey-form.tsx";

type StepProps = PasskeyAsked & { fault?: Fault | undefined; backHref: string };

/** A passkey alone, where nobody said yet who they are. */
export function PasskeyPage({ fault, backHref, ...asked }: StepProps) {
  const t = useText();
  return (
    <Page heading={t("steps.passkey.title")} fault={fault} backHref={backHref}>
      <p>{t("steps.passkey.use.words")}</p>
      <PasskeyForm {...asked} act="use" label="steps.passkey.use" />
      <p>
        <a href={backHref}>{t("steps.passkey.by_text")}</a>
      </p>
    </Page>
  );
}

/** The second step: a passkey, or a code from an app or from paper. */
export function StepPage({ fault, backHref, ...asked }: StepProps) {
  const t = useText();
  return (
    <Page heading={t("steps.title")} fault={fault} backHref={backHref}>
      <p>{t("steps.words")}</p>
      <PasskeyForm {...asked} act="use" label="steps.passkey.use" />
      <form method="post" className="stack" noValidate>
        <CodeField label={t("steps.code")} hint={t("steps.code.hint")} fault={fault} />
        <Button type="submit">{t("people.code.check")}</Button>
      </form>
      <p className="meta">{t("steps.lost")}</p>
    </Page>
  );
}

/** For whoever sees what others must not, and has a text alone to sign in with. */
export function StepAdvice() {
  const t = useText();
  return (
    <Notice>
      <p>{t("steps.mine.advice")}</p>
      <p>
        <a href="/me/security">{t("steps.passkey.make")}</a>
      </p>
    </Notice>
  );
}
