import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, CheckboxField, ErrorSummary, TextField } from "#app/ui/index.ts";
import { NeedFields, useFields, type NeedProps } from "./need-page.tsx";

type Props = Omit<NeedProps, "id" | "name" | "digits" | "stopped" | "postCode" | "heard" | "call">;

/** A need written down for somebody who called or came by: theirs, with their number and their consent. */
export function CallerPage(props: Props) {
  const t = useText();
  const { errors, formKey } = props;
  const field = useFields(props);
  return (
    <div className="measure stack">
      <BackLink href="/coordinate/posts">{t("dashboard.nav.posts")}</BackLink>
      <ErrorSummary
        title={t("posts.problem")}
        errors={Object.entries(errors).map(([name, message]) => ({ field: name, message: t(message) }))}
      />
      <h1>{t("acts.caller")}</h1>
      <p className="lede">{t("acts.caller.intro")}</p>
      <form method="post" noValidate>
        <input type="hidden" name="key" value={formKey} />
        <NeedFields {...props} />
        <TextField
          {...field("phone")}
          type="tel"
          label={t("acts.caller.phone")}
          hint={t("acts.caller.phone_hint")}
          optional={t("posts.optional")}
          autoComplete="off"
        />
        <CheckboxField
          name="agreed"
          defaultChecked={props.values["agreed"] === "yes"}
          label={t("acts.caller.agreed")}
          error={errors["agreed"] && t(errors["agreed"])}
        />
        <div className="row">
          <Button look="ask">{t("messages.need.send")}</Button>
        </div>
      </form>
    </div>
  );
}
