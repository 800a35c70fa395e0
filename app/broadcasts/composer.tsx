import { type Locale } from "#app/i18n/locales.ts";
import { useText } from "#app/i18n/use-text.ts";
import { BackLink, ErrorSummary, Notice, Tabs, Tag } from "#app/ui/index.ts";
import type { BroadcastState, BroadcastWords } from "./broadcast.ts";
import { CheckStep } from "./check-step.tsx";
import type { StepData } from "./composer.server.ts";
import { STATE_LOOKS } from "./list-page.tsx";
import { SentStep } from "./sent-step.tsx";
import { WhatStep } from "./what-step.tsx";
import { WhoStep } from "./who-step.tsx";
import { ownName, type WordsFault } from "./words.ts";

/** What a form was answered with, when it could not be done. */
export type Wrong = { words: BroadcastWords; faults: Partial<Record<Locale, WordsFault>> };
/** What the page says about what was just done. */
export type Said = "test.sent" | "test.unavailable" | "test.too-many" | "changed";

type Props = {
  data: StepData;
  state: BroadcastState;
  /** Dollars a segment. */
  price: number;
  /** Our own: where links may lead. */
  host: string;
  said: Said | null;
  wrong?: Wrong | undefined;
};

/** One broadcast, from its first field to its last text. */
export function Composer({ data, state, price, host, said, wrong }: Props) {
  const t = useText();
  const faults = wrong?.faults ?? {};
  const errors = Object.entries(faults).map(([field, fault]) => ({
    field,
    message: t("broadcasts.error.in", {
      language: ownName(field as Locale),
      error: t(fault.id, { what: fault.what, host }),
    }),
  }));
  return (
    <div className="stack">
      <BackLink href="/coordinate/broadcasts">{t("broadcasts.title")}</BackLink>
      <ErrorSummary title={t("broadcasts.problem")} errors={errors} />
      <h1>{t(`broadcasts.${data.step}.title`)}</h1>
      {state === "draft" ? (
        <StepLinks at={data.step} id={data.id} />
      ) : (
        <p>
          <Tag look={STATE_LOOKS[state]}>{t(`broadcasts.state.${state}`)}</Tag>
        </p>
      )}
      {said && <SaidNotice said={said} />}
      {data.step === "who" && <WhoStep data={data} />}
      {data.step === "what" && (
        <WhatStep data={data} words={wrong?.words ?? data.words} faults={faults} price={price} host={host} />
      )}
      {data.step === "check" && <CheckStep data={data} price={price} />}
      {data.step === "sent" && <SentStep data={data} price={price} />}
    </div>
  );
}

function StepLinks({ at, id }: { at: StepData["step"]; id: string }) {
  const t = useText();
  return (
    <Tabs
      label={t("broadcasts.steps")}
      items={(["who", "what", "check"] as const).map((step) => ({
        href: `/coordinate/broadcasts/${id}?step=${step}`,
        text: t(`broadcasts.step.${step}`),
        current: step === at,
      }))}
    />
  );
}

function SaidNotice({ said }: { said: Said }) {
  const t = useText();
  return (
    <Notice look={said === "test.sent" ? "done" : "wait"} role="status">
      {t(`broadcasts.${said}`)}
    </Notice>
  );
}
