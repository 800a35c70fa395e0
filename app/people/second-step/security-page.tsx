import { dateFormat } from "#app/i18n/date-format.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import { CodeField, Page, type Fault } from "#app/people/sign-in-pages.tsx";
import { Button, LinkButton, Notice } from "#app/ui/index.ts";
import { Qr } from "#app/ui/qr.tsx";
import { PasskeyForm, type PasskeyAsked } from "./passkey-form.tsx";
import type { SecondStepView } from "./second-steps.server.ts";

type Step = Omit<SecondStepView, "createdAt"> & { createdAt: string };
type Props = PasskeyAsked & { steps: Step[]; paper: number; fault?: Fault | undefined };

/** What proves who I am beside my number: what there is, one more, and codes on paper. */
export function SecurityPage({ steps, paper, fault, ...asked }: Props) {
  const t = useText();
  return (
    <Page heading={t("steps.mine.title")} fault={fault} backHref="/me/settings">
      <p>{t("steps.mine.words")}</p>
      {steps.length === 0 ? <p>{t("steps.mine.none")}</p> : <Steps steps={steps} />}
      <section className="stack tight">
        <h2>{t("steps.passkey.title")}</h2>
        <p>{t("steps.passkey.words")}</p>
        <PasskeyForm {...asked} act="make" label="steps.passkey.make" />
      </section>
      <section className="stack tight">
        <h2>{t("steps.app.title")}</h2>
        <p>{t("steps.app.words")}</p>
        <div className="row">
          <LinkButton look="plain" href="/me/security/app">
            {t(steps.some(({ kind }) => kind === "app") ? "steps.app.again" : "steps.app.add")}
          </LinkButton>
        </div>
      </section>
      {steps.length > 0 && (
        <form method="post" className="stack tight">
          <h2>{t("steps.paper.title")}</h2>
          <p>{t("steps.paper.left", { n: paper })}</p>
          <input type="hidden" name="act" value="paper" />
          <div className="row">
            <Button type="submit" look="plain">
              {t("steps.paper.make")}
            </Button>
          </div>
        </form>
      )}
    </Page>
  );
}

function Steps({ steps }: { steps: Step[] }) {
  const t = useText();
  const day = dateFormat(useLocale(), { dateStyle: "medium", timeZone: "UTC" });
  return (
    <ul className="plain stack tight">
      {steps.map((step) => (
        <li key={step.id}>
          <form method="post" className="row ends">
            <input type="hidden" name="act" value="remove" />
            <input type="hidden" name="id" value={step.id} />
            <span>
              {t("steps.one", { kind: step.kind, device: step.device || "none" })}{" "}
              <span className="meta">
                {t("steps.since", {
                  day: day.format(new Date(step.createdAt)),
                  used: step.usedOn ? day.format(new Date(step.usedOn)) : "none",
                })}
              </span>
            </span>
            <Button type="submit" look="quiet">
              {t("steps.remove")}
            </Button>
          </form>
        </li>
      ))}
    </ul>
  );
}

/** The app is shown its secret, and shows a code to prove that it took it. */
export function AppPage(props: { secret: string; uri: string; seed: string; fault?: Fault | undefined }) {
  const t = useText();
  return (
    <Page heading={t("steps.app.title")} fault={props.fault} backHref="/me/security">
      <p>{t("steps.app.scan")}</p>
      <Qr text={props.uri} label={t("steps.app.qr")} />
      <p>
        {t("steps.app.type")} <code dir="ltr">{props.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
      </p>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="seed" value={props.seed} />
        <CodeField label={t("steps.app.code")} fault={props.fault} inputMode="numeric" />
        <Button type="submit">{t("steps.app.done")}</Button>
      </form>
    </Page>
  );
}

/** Shown once: nobody can show them again. */
export function PaperPage({ codes }: { codes: string[] }) {
  const t = useText();
  return (
    <Page heading={t("steps.paper.title")} backHref="/me/security">
      <Notice look="done" role="status">
        {t("steps.paper.saved")}
      </Notice>
      <p>{t("steps.paper.words")}</p>
      <ul className="plain codes" dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="row">
        <LinkButton href="/me/security">{t("steps.paper.have")}</LinkButton>
      </div>
    </Page>
  );
}
