import type { ReactNode } from "react";
import { amount } from "#app/claims/words.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import { languageList } from "#app/people/languages.ts";
import {
  BackLink,
  Button,
  DescriptionList,
  Disclosure,
  LinkButton,
  Notice,
  TextArea,
  type ButtonLook,
} from "#app/ui/index.ts";
import type { ShownPromise } from "../promises-page.tsx";
import { ageWords } from "../spans.ts";
import type { OnePerson } from "./group-people.server.ts";
import { PersonTags } from "./people-page.tsx";
import { LONGEST_NOTE, type PersonAct } from "./person-acts.ts";

export type PersonPageProps = {
  person: OnePerson;
  /** What they have promised in this group that is not over. */
  promises: ShownPromise[];
  own: boolean;
  /** Days in words. */
  days: { since: string; vetted: string | null; rests: string | null };
  said: PersonAct | null;
  now: number;
};

/** One person of a group: what they may see, what they carry, and what its coordinators can do about it. */
export function PersonPage(props: PersonPageProps) {
  const t = useText();
  const { person, said, own } = props;
  const active = person.state === "active";
  return (
    <div className="measure stack">
      <BackLink href={`/coordinate/people?group=${person.group.slug}`}>{t("groups.people.title")}</BackLink>
      {said && (
        <Notice look="done" role="status">
          {t(`room.said.${said}`)}
        </Notice>
      )}
      <h1>
        <bdi>{person.name ?? t("people.no_name")}</bdi>
      </h1>
      <PersonTags person={person} />
      <Facts {...props} />
      {person.state === "asked" && (
        <Acts acts={["accept", "decline"]} looks={{ accept: "act" }}>
          {t("room.asks")}
        </Acts>
      )}
      <Promises {...props} />
      {person.state !== "left" && (
        <Section id="checked" title={t("room.checked")}>
          <Acts acts={[person.vettedAt === null ? "vet" : "unvet"]}>{t("room.checked.more")}</Acts>
        </Section>
      )}
      <Note note={person.note} />
      {active && <Rest {...props} />}
      {active && !own && (
        <Section id="role" title={t("room.role")}>
          <Acts acts={[person.role === "coordinator" ? "volunteer" : "coordinator"]}>
            {t(person.role === "coordinator" ? "room.role.coordinator" : "room.role.volunteer")}
          </Acts>
        </Section>
      )}
      {active && !own && person.role === "volunteer" && (
        <Disclosure summary={t("room.act.remove")}>
          <Acts acts={["remove"]} looks={{ remove: "stop" }}>
            {t("room.remove.more", { n: person.live })}
          </Acts>
        </Disclosure>
      )}
    </div>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="stack tight">
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Buttons of one form under a sentence that says what they do. */
function Acts(props: { acts: PersonAct[]; looks?: Partial<Record<PersonAct, ButtonLook>>; children: ReactNode }) {
  const t = useText();
  return (
    <form method="post" className="stack tight">
      <p>{props.children}</p>
      <div className="row">
        {props.acts.map((act) => (
          <Button key={act} look={props.looks?.[act] ?? "plain"} name="act" value={act}>
            {t(`room.act.${act}`)}
          </Button>
        ))}
      </div>
    </form>
  );
}

function Facts({ person, days, now }: PersonPageProps) {
  const t = useText();
  const locale = useLocale();
  const sees = person.state === "active" ? person.role : person.state;
  const checked =
    days.vetted && t("room.checked.by", { name: person.vettedBy ?? t("people.no_name"), day: days.vetted });
  return (
    <DescriptionList
      items={[
        { term: t("room.col.group"), value: <bdi>{person.group.name}</bdi> },
        { term: t("room.since"), value: days.since },
        {
          term: t("room.col.speaks"),
          value: languageList(person.languages, locale, t("people.speaks.sign")),
        },
        {
          term: t("room.col.asked"),
          value:
            person.lastAsked === null
              ? t("room.never")
              : t("room.ago", { time: ageWords(t, (now - person.lastAsked) / 1000) }),
        },
        { term: t("room.sees"), value: t(`room.sees.${sees}`) },
        ...(checked ? [{ term: t("room.checked"), value: checked }] : []),
      ]}
    />
  );
}

function Promises({ person, promises }: PersonPageProps) {
  const t = useText();
  return (
    <Section id="promises" title={t("room.promises", { n: promises.length })}>
      {person.state === "left" && promises.length > 0 && <Notice look="wait">{t("room.promises.left")}</Notice>}
      {promises.length === 0 && <p>{t("room.promises.none")}</p>}
      <ul className="plain settle">
        {promises.map((promise) => (
          <li key={promise.id}>
            <span id={`promise-${promise.id}`}>
              <a href={`/claims/${promise.id}`}>
                <bdi>{promise.post.title}</bdi>
              </a>{" "}
              <span className="meta">
                {amount(t, promise.quantity, promise.post.units)}
                {promise.stage !== "came" && (
                  <>
                    {" "}
                    ·{" "}
                    {t(`promises.due.${promise.stage === "late" ? "late" : "in"}`, {
                      time: ageWords(t, promise.seconds),
                    })}
                  </>
                )}
              </span>
            </span>
            {promise.acts.includes("release") && <Settle promise={promise} group={person.group.slug} />}
          </li>
        ))}
      </ul>
      {promises.length > 0 && (
        <p>
          <a href={`/coordinate/promises?group=${person.group.slug}`}>{t("room.promises.all")}</a>
        </p>
      )}
    </Section>
  );
}

/** Back to the board, or to somebody else of the group: nobody else can fetch an offer for them. */
function Settle({ promise, group }: { promise: ShownPromise; group: string }) {
  const t = useText();
  const described = `promise-${promise.id}`;
  return (
    <form method="post" action="/coordinate/promises" className="row">
      <input type="hidden" name="claim" value={promise.id} />
      <input type="hidden" name="group" value={group} />
      <Button look="plain" name="act" value="release" aria-describedby={described}>
        {t("promises.act.release")}
      </Button>
      {promise.post.kind === "need" && (
        <LinkButton look="quiet" href={`/coordinate/promises/${promise.id}`} aria-describedby={described}>
          {t("room.reassign")}
        </LinkButton>
      )}
    </form>
  );
}

function Note({ note }: { note: string | null }) {
  const t = useText();
  return (
    <form method="post" className="stack tight" noValidate>
      <TextArea
        name="note"
        label={t("room.note")}
        hint={t("room.note.hint")}
        defaultValue={note ?? ""}
        maxLength={LONGEST_NOTE}
        rows={3}
        dir="auto"
      />
      <div className="row">
        <Button look="plain" name="act" value="note">
          {t("room.act.note")}
        </Button>
      </div>
    </form>
  );
}

function Rest({ person, days }: PersonPageProps) {
  const t = useText();
  const acts: PersonAct[] = person.restGiven ? ["rest_end"] : ["rest_week", "rest_month"];
  return (
    <Section id="rest" title={t("room.rest")}>
      <Acts acts={acts}>
        {days.rests && (
          <>
            <b>{t("room.rest.until", { day: days.rests })}</b>{" "}
          </>
        )}
        {t("room.rest.more")}
      </Acts>
    </Section>
  );
}
