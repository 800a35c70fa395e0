import type { ReactNode } from "react";
import { FATES } from "./fate.ts";
import { LOCALE_NAMES, type Locale } from "#app/i18n/locales.ts";
import { useText } from "#app/i18n/use-text.ts";
import {
  BackLink,
  Button,
  DescriptionList,
  Disclosure,
  ErrorSummary,
  LinkButton,
  Notice,
  SelectField,
} from "#app/ui/index.ts";
import { AnswerForm, type AnswerProps } from "./answer-form.tsx";
import { Who } from "./list-page.tsx";
import { ThreadLines, type ShownLine } from "./thread-lines.tsx";

export type ThreadProps = {
  id: string;
  name: string | null;
  digits: string | null;
  phone: string | null;
  locale: Locale | null;
  group: { id: string; name: string } | null;
  groups: { id: string; name: string }[];
  unread: boolean;
  stopped: boolean;
  ourNumber: string | null;
  postCode: string | null;
  relayLines: number;
  elsewhere: number;
  lines: ShownLine[];
  earlier: string | null;
  said: "sent" | "later" | "put_away" | "unread" | "handed" | "number" | null;
  answer: AnswerProps;
  children: ReactNode;
};

/** Everything one phone and we have said to each other, and what a coordinator can do about it. */
export function ThreadPage(props: ThreadProps) {
  const t = useText();
  const { answer, said, stopped, digits, relayLines, elsewhere, lines, earlier, id } = props;
  return (
    <>
      <BackLink href="/coordinate/messages">{t("messages.title")}</BackLink>
      <ErrorSummary
        title={t("posts.problem")}
        errors={answer.error ? [{ field: "words", message: answer.error }] : []}
      />
      {said && (
        <Notice look="done" role="status">
          {t(`messages.done.${said}`)}
        </Notice>
      )}
      <h1>
        <Who name={props.name} digits={digits} />
      </h1>
      {props.children}
      <div className="side">
        <section aria-label={t("messages.thread")} className="stack">
          {earlier && (
            <p>
              <a href={`?before=${earlier}`}>{t("messages.earlier")}</a>
            </p>
          )}
          {relayLines > 0 && <p className="meta">{t("messages.relay_lines", { n: relayLines })}</p>}
          {elsewhere > 0 && <p className="meta">{t("messages.elsewhere", { n: elsewhere })}</p>}
          {lines.length === 0 ? <p>{t("messages.nothing_said")}</p> : <ThreadLines id={id} lines={lines} />}
          <Answering {...props} stopped={stopped} />
          <HowWeKnow />
        </section>
        <Aside {...props} />
      </div>
    </>
  );
}

function Answering({ stopped, digits, ourNumber, answer }: ThreadProps) {
  const t = useText();
  if (!digits) return <Notice look="wait">{t("messages.hidden_number.more")}</Notice>;
  if (!stopped) return <AnswerForm key={answer.formKey} {...answer} />;
  return (
    <>
      <Notice look="stop" title={t("messages.stopped")}>
        {t("messages.stopped.more", { known: ourNumber ? "yes" : "no", number: `\u2066${ourNumber ?? ""}\u2069` })}
      </Notice>
      {answer.words && <p className="words">{answer.words}</p>}
    </>
  );
}

function HowWeKnow() {
  const t = useText();
  return (
    <Disclosure summary={t("messages.how_we_know")}>
      <p>{t("messages.how_we_know.more")}</p>
      <DescriptionList
        items={FATES.map((fate) => ({
          term: t(`messages.fate.${fate}`, { when: "…" }),
          value: t(`messages.fate.${fate}.means`),
        }))}
      />
    </Disclosure>
  );
}

function Aside(props: ThreadProps) {
  const t = useText();
  const { id, phone, digits, locale, group, postCode, unread, answer } = props;
  return (
    <section aria-label={t("messages.about")} className="about-thread">
      <DescriptionList
        items={[
          {
            term: t("messages.number"),
            value: phone ? (
              <a href={`tel:${phone}`} dir="ltr">
                {phone}
              </a>
            ) : (
              <bdi dir="ltr">{digits ? `…${digits}` : "–"}</bdi>
            ),
          },
          {
            term: t("messages.language"),
            value: locale ? <bdi lang={locale}>{LOCALE_NAMES[locale]}</bdi> : t("messages.not_known"),
          },
          { term: t("messages.group"), value: group ? <bdi>{group.name}</bdi> : t("messages.no_group") },
          ...(postCode ? [{ term: t("messages.post"), value: <a href={`/p/${postCode}`}>{postCode}</a> }] : []),
        ]}
      />
      <div className="stack tight">
        <LinkButton look="ask" href={`/coordinate/messages/${id}/need`}>
          {t("messages.make_need")}
        </LinkButton>
        <form method="post" className="row">
          <input type="hidden" name="heard" value={answer.heard} />
          {unread ? (
            <Button look="plain" name="do" value="away">
              {t("messages.put_away")}
            </Button>
          ) : (
            <Button look="quiet" name="do" value="unread">
              {t("messages.mark_unread")}
            </Button>
          )}
          {digits && !phone && (
            <Button look="quiet" name="do" value="number">
              {t("messages.show_number")}
            </Button>
          )}
        </form>
        {digits && !phone && <p className="meta">{t("messages.show_number.more")}</p>}
        <HandOver {...props} />
      </div>
    </section>
  );
}

function HandOver({ group, groups }: ThreadProps) {
  const t = useText();
  return (
    <Disclosure summary={t("messages.hand_over")}>
      <form method="post" className="stack tight">
        <SelectField
          name="group"
          label={t("messages.hand_over.to")}
          hint={t("messages.hand_over.hint")}
          defaultValue={group?.id ?? ""}
          blank={t("messages.hand_over.nobody")}
          options={groups.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Button look="plain" name="do" value="hand_over">
          {t("messages.hand_over")}
        </Button>
      </form>
    </Disclosure>
  );
}
