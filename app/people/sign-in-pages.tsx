import type { ReactNode } from "react";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Trap } from "#app/people/human/trap.tsx";
import { BackLink, Button, ErrorSummary, Notice, TextField } from "#app/ui/index.ts";

/** What was typed and what is wrong with it; `seconds` is how long to wait after asking too often. */
export type Fault = {
  values: Record<string, string>;
  errors: Record<string, MessageId>;
  facts?: Record<string, string | number>;
};

type PageProps = { heading: string; fault?: Fault | undefined; backHref?: string; children: ReactNode };

/** One question a page, what is wrong with the answer first, and a way back above the heading. */
export function Page({ heading, fault, backHref, children }: PageProps) {
  const t = useText();
  const errors = Object.entries(fault?.errors ?? {});
  return (
    <div className="measure stack">
      <ErrorSummary
        title={t("web.errors")}
        errors={errors.map(([field, id]) => ({ field, message: t(id, fault?.facts) }))}
      />
      {backHref && <BackLink href={backHref}>{t("web.back")}</BackLink>}
      <h1>{heading}</h1>
      {children}
    </div>
  );
}

/** A number that we text a code to. */
export function PhoneField({ label, fault }: { label: string; fault?: Fault | undefined }) {
  const t = useText();
  const wrong = fault?.errors["phone"];
  return (
    <TextField
      name="phone"
      type="tel"
      size="half"
      autoComplete="tel"
      required
      label={label}
      hint={t("people.phone.hint")}
      defaultValue={fault?.values["phone"]}
      error={wrong && t(wrong, fault?.facts)}
    />
  );
}

type CodeFieldProps = { label: string; hint?: string; fault?: Fault | undefined; inputMode?: "numeric" };

/** A code that somebody reads off a text, an app or paper. */
export function CodeField({ label, hint, fault, inputMode }: CodeFieldProps) {
  const t = useText();
  const wrong = fault?.errors["code"];
  return (
    <TextField
      name="code"
      size="short"
      dir="ltr"
      inputMode={inputMode}
      autoComplete="one-time-code"
      required
      label={label}
      hint={hint}
      error={wrong && t(wrong, fault?.facts)}
    />
  );
}

/** Step one: the number. */
export function PhonePage(props: { fault?: Fault; codeHref: string | null; passkeyHref: string }) {
  const { fault, codeHref, passkeyHref } = props;
  const t = useText();
  return (
    <Page heading={t("people.sign_in.title")} fault={fault}>
      <p>{t("people.sign_in.intro")}</p>
      <form method="post" className="stack" noValidate>
        <PhoneField label={t("people.phone")} fault={fault} />
        <Trap />
        <Button type="submit">{t("people.sign_in.send")}</Button>
      </form>
      {codeHref && (
        <p>
          <a href={codeHref}>{t("people.sign_in.have_code")}</a>
        </p>
      )}
      <p>
        <a href={passkeyHref}>{t("steps.passkey.instead")}</a>
      </p>
      <p className="meta">{t("people.sign_in.why")}</p>
    </Page>
  );
}

const CHECK = {
  sign_in: "people.code.check",
  confirm: "people.confirm.check",
  number: "people.number.change",
} as const;

/** Step two: the code. `hint` is the end of the number it went to; `simulated` says where to read it in a try-out. */
export function CodePage(props: {
  fault?: Fault;
  hint: string | null;
  againHref: string;
  simulated: boolean;
  /** What it is for: to sign in, to show that it is still the same person, or to have another number. */
  forWhat?: keyof typeof CHECK;
}) {
  const t = useText();
  return (
    <Page heading={t("people.code.title")} fault={props.fault}>
      <p>{props.hint ? t("people.code.sent_to", { digits: props.hint }) : t("people.code.sent")}</p>
      {props.simulated && (
        <Notice>
          <a href="/dev/phones">{t("people.code.simulated")}</a>
        </Notice>
      )}
      <form method="post" className="stack" noValidate>
        <CodeField label={t("people.code")} hint={t("people.code.hint")} fault={props.fault} inputMode="numeric" />
        <Button type="submit">{t(CHECK[props.forWhat ?? "sign_in"])}</Button>
      </form>
      <p>
        <a href={props.againHref}>{t("people.code.again")}</a>
      </p>
      <p className="meta">{t("people.code.after_stop")}</p>
    </Page>
  );
}

/** Before something that matters: why it is asked, and a button that sends the code. `hint`: the end of their number. */
export function ConfirmPage({ fault, hint, backHref }: { fault?: Fault; hint: string | null; backHref: string }) {
  const t = useText();
  return (
    <Page heading={t("people.confirm.title")} fault={fault}>
      <p>{t("people.confirm.why")}</p>
      <p>{t("people.confirm.how", { digits: hint ?? "" })}</p>
      <form method="post" className="row">
        <Button type="submit" name="act" value="send" id="send">
          {t("people.sign_in.send")}
        </Button>
        <a href={backHref}>{t("people.confirm.not_now")}</a>
      </form>
    </Page>
  );
}

/** After the first sign-in: what others may call them. */
export function NamePage({ fault, nextHref }: { fault?: Fault; nextHref: string }) {
  const t = useText();
  const wrong = fault?.errors["name"];
  return (
    <Page heading={t("people.name.title")} fault={fault}>
      <form method="post" className="stack" noValidate>
        <TextField
          name="name"
          size="half"
          autoComplete="nickname"
          maxLength={60}
          label={t("people.name")}
          optional={t("web.optional")}
          hint={t("people.name.hint")}
          defaultValue={fault?.values["name"]}
          error={wrong && t(wrong)}
        />
        <div className="row">
          <Button type="submit">{t("web.continue")}</Button>
          <a href={nextHref}>{t("web.skip_step")}</a>
        </div>
      </form>
    </Page>
  );
}
