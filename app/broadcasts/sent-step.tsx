import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { Button, Disclosure, Figure, Figures, LinkButton, Notice, Progress } from "#app/ui/index.ts";
import type { SentData } from "./composer.server.ts";
import { money } from "./cost.ts";
import { Phones } from "./phones.tsx";

const LOOK_EVERY_MS = 3_000;

/** How it goes: the bar, what became of the texts, and the brakes. */
export function SentStep({ data, price }: { data: SentData; price: number }) {
  const t = useText();
  const { progress, state, recipients } = data;
  useLookAgain(data.live);
  const done = progress.written - progress.waiting;
  const all = Math.max(progress.complete ? progress.written : recipients, done);
  const author = data.author ?? t("broadcasts.somebody");
  return (
    <div className="stack">
      {data.live && (
        <noscript>
          <meta httpEquiv="refresh" content="5" />
        </noscript>
      )}
      {state === "paused" && data.pausedWhy === "filtered" && (
        <Notice look="stop" title={t("broadcasts.paused.filtered.title")}>
          {t("broadcasts.paused.filtered")}
        </Notice>
      )}
      {state === "paused" && data.pausedWhy === "by_hand" && (
        <Notice look="wait">{t("broadcasts.paused.by_hand")}</Notice>
      )}
      <p>
        <bdi>{data.sentence}</bdi>
      </p>
      <Progress value={done} max={all}>
        {t("broadcasts.sent.progress", { done, n: all })}
      </Progress>
      {state === "sending" && !progress.complete && <p className="meta">{t("broadcasts.sent.writing")}</p>}
      <Figures>
        <Figure label={t("broadcasts.sent.written")} value={progress.written} />
        <Figure
          label={t("broadcasts.sent.sent")}
          value={progress.sent}
          note={t("broadcasts.sent.cost", { price: money(progress.segments, price) })}
        />
        <Figure label={t("broadcasts.sent.delivered")} value={progress.delivered} />
        <Figure
          label={t("broadcasts.sent.failed")}
          value={progress.failed}
          {...(progress.failed > 0 && { look: "stop" as const })}
        />
        <Figure label={t("broadcasts.sent.stop")} value={progress.saidStop} />
        <Figure label={t("broadcasts.sent.answered")} value={progress.answered} />
      </Figures>
      {progress.canceled > 0 && <p>{t("broadcasts.sent.canceled", { n: progress.canceled })}</p>}
      <Brakes state={state} left={progress.waiting > 0 || !progress.complete} />
      <LeftOut {...progress.leftOut} />
      <p className="meta">
        {data.approver
          ? t("broadcasts.sent.approved", { author, approver: data.approver.name ?? t("broadcasts.somebody") })
          : t("broadcasts.sent.wrote", { author })}
      </p>
      <Phones words={data.words} frame={data.frame} readers={[]} price={price} />
    </div>
  );
}

/** There is nothing to hold once every text is out. */
function Brakes({ state, left }: Pick<SentData, "state"> & { left: boolean }) {
  const t = useText();
  const going = left && (state === "sending" || state === "paused");
  return (
    <div className="row">
      {going && state === "sending" && (
        <form method="post">
          <Button type="submit" look="plain" name="do" value="pause">
            {t("broadcasts.pause")}
          </Button>
        </form>
      )}
      {state === "paused" && (
        <form method="post">
          <Button type="submit" name="do" value="resume">
            {t("broadcasts.resume")}
          </Button>
        </form>
      )}
      {going && (
        <Disclosure summary={t("broadcasts.stop")}>
          <form method="post" className="stack tight">
            <p>{t("broadcasts.stop.sure")}</p>
            <Button type="submit" look="stop" name="do" value="stop">
              {t("broadcasts.stop.yes")}
            </Button>
          </form>
        </Disclosure>
      )}
      <LinkButton look="quiet" href="?step=sent" icon="loop">
        {t("broadcasts.sent.refresh")}
      </LinkButton>
    </div>
  );
}

function LeftOut({ optedOut, resting, overCap, tooMany }: SentData["progress"]["leftOut"]) {
  const t = useText();
  if (optedOut + resting + overCap + tooMany === 0) return null;
  return (
    <p className="meta">{t("broadcasts.sent.left_out", { stop: optedOut, resting, cap: overCap, many: tooMany })}</p>
  );
}

/** With script the figures come by themselves, while somebody looks. */
function useLookAgain(live: boolean) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!live) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") revalidate();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [live, revalidate]);
}
