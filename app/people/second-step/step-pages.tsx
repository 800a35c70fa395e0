import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import type { Fault } from "#app/people/sign-in-pages.tsx";
import { BackLink, Button, ErrorSummary, Notice, TextField } from "#app/ui/index.ts";
import { PasskeyForm, type PasskeyAsked } from "./passkey-form.tsx";

type StepProps = PasskeyAsked & { fault?: Fault | undefined; backHref: string };

/** A passkey alone, where nobody said yet who they are. */
export function PasskeyPage({ fault, backHref, ...asked }: StepProps) {
  const t = useText();
  return (
    <Frame title={t("steps.passkey.title")} fault={fault} backHref={backHref}>
      <p>{t("steps.passkey.use.words")}</p>
      <PasskeyForm {...asked} act="use" label="steps.passkey.use" />
      <p>
        <a href={backHref}>{t("steps.passkey.by_text")}</a>
      </p>
    </Frame>
  );
}

/** The second step: a passkey, or a code from an app or from paper. */
export function StepPage({ fault, backHref, ...asked }: StepProps) {
  const t = useText();
  const wrong = fault?.errors["code"];
  return (
    <Frame title={t("steps.title")} fault={fault} backHref={backHref}>
      <p>{t("steps.words")}</p>
      <PasskeyForm {...asked} act="use" label="steps.passkey.use" />
      <form method="post" className="stack" noValidate>
        <TextField
          name="code"
          size="short"
          dir="ltr"
          autoComplete="one-time-code"
          required
          label={t("steps.code")}
          hint={t("steps.code.hint")}
          error={wrong && t(wrong, fault?.facts)}
        />
        <Button type="submit">{t("people.code.check")}</Button>
      </form>
      <p className="meta">{t("steps.lost")}</p>
    </Frame>
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

/** How all pages here begin. */
export function Frame(props: { title: string; fault?: Fault | undefined; backHref: string; children: ReactNode }) {
  const t = useText();
  const errors = Object.entries(props.fault?.errors ?? {});
  return (
    <div className="measure stack">
      <ErrorSummary
        title={t("web.errors")}
        errors={errors.map(([field, id]) => ({ field, message: t(id, props.fault?.facts) }))}
      />
      <BackLink href={props.backHref}>{t("web.back")}</BackLink>
      <h1>{props.title}</h1>
      {props.children}
    </div>
  );
}
