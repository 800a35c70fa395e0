import { useText } from "#app/i18n/use-text.ts";
import { Button } from "#app/ui/index.ts";
import { Page, PhoneField, type Fault } from "./sign-in-pages.tsx";

/** My number now, and the new one. */
export function NumberPage({ phone, fault }: { phone: string | null; fault?: Fault }) {
  const t = useText();
  return (
    <Page heading={t("people.number.title")} fault={fault} backHref="/me/settings">
      <p>
        {t("people.number.now")}: <bdi dir="ltr">{phone}</bdi>
      </p>
      <p>{t("people.number.why")}</p>
      <p>{t("people.number.devices")}</p>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="act" value="send" />
        <PhoneField label={t("people.number.new")} fault={fault} />
        <Button type="submit">{t("people.sign_in.send")}</Button>
      </form>
    </Page>
  );
}

/** For whoever holds a number that was somebody's until lately. `when` in words; `digits`: the end of the number they have now. */
export function TakeBackPage({ when, digits }: { when: string; digits: string }) {
  const t = useText();
  return (
    <Page heading={t("people.number.back.title")}>
      <p>{t("people.number.back.what", { when, digits })}</p>
      <p>{t("people.number.back.if")}</p>
      <form method="post" className="row">
        <Button look="stop" name="act" value="take_back">
          {t("people.number.back.do")}
        </Button>
        <a href="/me">{t("people.confirm.not_now")}</a>
      </form>
    </Page>
  );
}
