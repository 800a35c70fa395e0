import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import {
  Button,
  CheckboxField,
  Dots,
  Notice,
  NumberField,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from "#app/ui/index.ts";
import { ageWords } from "../spans.ts";
import { seenOf, type Desk, type DeskAct, type DeskFault } from "./desk.ts";

type FormProps = { desk: Desk; fault: DeskFault | undefined };

/** A form of one act; what was typed in it before comes back when it could not be done. */
export function Act({
  act,
  desk,
  button,
  children,
}: {
  act: DeskAct;
  desk: Desk;
  button: string;
  children: ReactNode;
}) {
  return (
    <form method="post" noValidate className="stack tight">
      {children}
      <Seen desk={desk} />
      <div className="row">
        <Button look="plain" name="act" value={act}>
          {button}
        </Button>
      </div>
    </form>
  );
}

/** The post as whoever presses sees it: somebody else's change since then is never acted over. */
const Seen = ({ desk }: { desk: Desk }) => (
  <>
    <input type="hidden" name="revision" value={desk.revision} />
    <input type="hidden" name="seen" value={JSON.stringify(seenOf(desk))} />
  </>
);

function useFields(act: DeskAct, { fault }: FormProps) {
  const t = useText();
  const mine = fault?.act === act ? fault : undefined;
  return (name: string, usual?: string) => {
    const wrong = mine?.errors.find(({ field }) => field === name);
    return {
      name,
      defaultValue: mine?.values[name] ?? usual,
      error: wrong && !mine?.conflict ? t(wrong.message, wrong.facts) : undefined,
    };
  };
}

export function Review({ desk }: { desk: Desk }) {
  const t = useText();
  return (
    <Notice look="wait" title={t("acts.review")}>
      <form method="post" className="row">
        <Seen desk={desk} />
        <input type="hidden" name="reason" value="declined" />
        <Button name="act" value="approve">
          {t("now.act.approve")}
        </Button>
        <Button look="stop" name="act" value="close">
          {t("acts.decline")}
        </Button>
      </form>
    </Notice>
  );
}

export function Duplicates({ desk, fault }: FormProps) {
  const t = useText();
  const error = fault?.act === "merge" && !fault.conflict ? fault.errors[0] : undefined;
  return (
    <section aria-labelledby="duplicates">
      <h2 id="duplicates">{t("acts.duplicates", { n: desk.duplicates.length })}</h2>
      {error && (
        <p className="error" id="keep">
          {t(error.message, error.facts)}
        </p>
      )}
      <ul className="plain settle">
        {desk.duplicates.map((one) => (
          <li key={one.code}>
            <span id={`dup-${one.code}`}>
              <a href={`/coordinate/posts/${one.code}`}>
                <bdi>{one.title}</bdi>
              </a>{" "}
              <span className="meta">
                <Dots
                  items={[
                    one.code,
                    String(one.quantity),
                    t("dashboard.ago", { time: ageWords(t, one.seconds) }),
                    t(`acts.why.${one.why}`),
                  ]}
                />
              </span>
            </span>
            <form method="post">
              <input type="hidden" name="keep" value={one.code} />
              <Seen desk={desk} />
              <Button look="plain" name="act" value="merge" aria-describedby={`dup-${one.code}`}>
                {t("acts.merge", { code: one.code })}
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Edit(props: FormProps) {
  const t = useText();
  const { desk, fault } = props;
  const field = useFields("edit", props);
  const { values } = desk;
  const conflict = fault?.act === "edit" && fault.conflict;
  return (
    <Act act="edit" desk={desk} button={t(conflict ? "acts.save_anyway" : "acts.save")}>
      <h2>{t("acts.edit")}</h2>
      <TextField {...field("title", values.title)} label={t("posts.what.words")} maxLength={120} />
      <TextArea
        {...field("details", values.details)}
        label={t("posts.what.more")}
        optional={t("posts.optional")}
        maxLength={2000}
      />
      <div className="row">
        <NumberField {...field("quantity", values.quantity)} label={t("posts.what.quantity")} />
        <SelectField
          {...field("urgency", values.urgency)}
          label={t("dashboard.col.urgency")}
          options={(["normal", "soon", "urgent"] as const).map((value) => ({
            value,
            label: t(`dashboard.urgency.${value}`),
          }))}
        />
        <TextField
          {...field("place", values.place)}
          label={t("dashboard.col.place")}
          optional={t("posts.optional")}
          maxLength={80}
          size="half"
        />
      </div>
      <SelectField
        {...field("visibility", values.visibility)}
        label={t("posts.check.who")}
        options={(["everyone", "volunteers", "team"] as const).map((value) => ({
          value,
          label: t(`posts.who.${value}`),
        }))}
      />
    </Act>
  );
}

export function Close(props: FormProps) {
  const t = useText();
  const field = useFields("close", props);
  const { kind } = props.desk;
  const reasons =
    kind === "need"
      ? (["fulfilled", "met_for_now", "withdrawn", "declined"] as const)
      : (["fulfilled", "withdrawn", "declined"] as const);
  return (
    <Act act="close" desk={props.desk} button={t("acts.close")}>
      <RadioGroup
        {...field("reason")}
        legend={t("acts.close.title")}
        options={reasons.map((value) => ({ value, label: t(`dashboard.state.${value}`) }))}
      />
    </Act>
  );
}

export function Split(props: FormProps) {
  const t = useText();
  const field = useFields("split", props);
  return (
    <Act act="split" desk={props.desk} button={t("acts.split")}>
      <h2>{t("acts.split.title")}</h2>
      <NumberField {...field("part", "1")} label={t("acts.split.part")} hint={t("acts.split.hint")} />
    </Act>
  );
}

export function Send(props: FormProps) {
  const t = useText();
  const field = useFields("send", props);
  const { error } = field("agreed");
  return (
    <Act act="send" desk={props.desk} button={t("acts.send")}>
      <h2>{t("acts.send.title")}</h2>
      <SelectField
        {...field("to")}
        label={t("acts.send.to")}
        hint={t("acts.send.hint")}
        blank={t("messages.need.pick")}
        options={props.desk.groups}
      />
      <CheckboxField name="agreed" value="yes" label={t("acts.send.agreed")} error={error} />
    </Act>
  );
}
