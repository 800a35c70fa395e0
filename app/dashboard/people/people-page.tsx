import type { ReactNode } from "react";
import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import { languageList } from "#app/people/languages.ts";
import {
  Button,
  ColumnHead,
  DataTable,
  EmptyState,
  FilterLinks,
  LinkButton,
  Notice,
  Tag,
  TextField,
} from "#app/ui/index.ts";
import { chosenQuery, type Chosen } from "../period.ts";
import { dayWords } from "../report/words.ts";
import { ageWords } from "../spans.ts";
import { peopleHref, SHOWS, type GroupPerson, type PeopleFilter } from "./people-filter.ts";

export type PeoplePageProps = {
  people: GroupPerson[];
  /** How many rows there are with the filter, of which `people` are the first. */
  total: number;
  /** How many people they are: somebody in two groups has two rows. */
  heads: number;
  /** Who asks to join, whatever the filter. */
  asking: GroupPerson[];
  askingTotal: number;
  /** More are in these groups than were looked through. */
  cut: boolean;
  filter: PeopleFilter;
  groups: { slug: string; name: string }[];
  now: number;
  nav: ReactNode;
};

/** Who belongs to the groups somebody coordinates, and who asks to. */
export function PeoplePage(props: PeoplePageProps) {
  const t = useText();
  const locale = useLocale();
  const { people, total, asking, filter, groups } = props;
  return (
    <>
      <header>
        <h1>{t("groups.people.title")}</h1>
        <p className="lede">{t("room.people.headline", { n: props.askingTotal })}</p>
      </header>
      {props.nav}
      <Asking asking={asking} now={props.now} />
      <Filters filter={filter} groups={groups} />
      {filter.show === "unasked" && <p>{unaskedWords(t, locale, filter.chosen)}</p>}
      {props.cut && <Notice look="wait">{t("room.people.cut")}</Notice>}
      {total === 0 ? (
        <EmptyState
          title={t("room.people.none")}
          action={<LinkButton href="/coordinate/people">{t("room.people.clear")}</LinkButton>}
        >
          {t("room.people.none.more")}
        </EmptyState>
      ) : (
        <DataTable id="people" caption={t("room.people.found", { n: props.heads })}>
          <thead>
            <tr>
              <ColumnHead>{t("room.col.name")}</ColumnHead>
              <ColumnHead number>{t("room.col.live")}</ColumnHead>
              <ColumnHead>{t("room.col.state")}</ColumnHead>
              {groups.length > 1 && <ColumnHead>{t("room.col.group")}</ColumnHead>}
              <ColumnHead>{t("room.col.asked")}</ColumnHead>
              <ColumnHead>{t("room.col.speaks")}</ColumnHead>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <PersonRow
                key={`${person.personId} ${person.group.id}`}
                person={person}
                now={props.now}
                withGroup={groups.length > 1}
              />
            ))}
          </tbody>
        </DataTable>
      )}
      {people.length < total && <p className="meta">{t("room.people.more", { shown: people.length, total })}</p>}
    </>
  );
}

function unaskedWords(t: Text, locale: Locale, chosen: Chosen): string {
  if (typeof chosen === "number") return t("reach.unasked.days", { n: chosen });
  return t("reach.unasked.between", { from: dayWords(locale, chosen.from), to: dayWords(locale, chosen.to) });
}

/** Who asks to join, settled with one press each. */
function Asking({ asking, now }: Pick<PeoplePageProps, "asking" | "now">) {
  const t = useText();
  if (asking.length === 0) return null;
  return (
    <ul className="plain settle" aria-label={t("room.show.asking")}>
      {asking.map((person) => (
        <li key={`${person.personId} ${person.group.id}`}>
          <span id={`asks-${person.personId}-${person.group.slug}`}>
            <a href={personHref(person)}>
              <b>
                <bdi>{person.name ?? t("people.no_name")}</bdi>
              </b>
            </a>{" "}
            {t("room.asks_for", { group: person.group.name, time: ageWords(t, (now - person.since) / 1000) })}
          </span>
          <form method="post" action={personHref(person)} className="row">
            {(["accept", "decline"] as const).map((act) => (
              <Button
                key={act}
                look={act === "accept" ? "act" : "quiet"}
                name="act"
                value={act}
                aria-describedby={`asks-${person.personId}-${person.group.slug}`}
              >
                {t(`room.act.${act}`)}
              </Button>
            ))}
          </form>
        </li>
      ))}
    </ul>
  );
}

function Filters({ filter, groups }: Pick<PeoplePageProps, "filter" | "groups">) {
  const t = useText();
  return (
    <div className="stack tight">
      {groups.length > 1 && (
        <FilterLinks
          label={t("dashboard.group")}
          items={[{ slug: "", name: t("dashboard.group.all") }, ...groups].map(({ slug, name }) => ({
            href: peopleHref(filter, { group: slug }),
            text: <bdi>{name}</bdi>,
            pressed: slug === filter.group,
          }))}
        />
      )}
      <FilterLinks
        label={t("room.shows")}
        items={SHOWS.map((show) => ({
          href: peopleHref(filter, { show }),
          text: t(`room.show.${show}`),
          pressed: show === filter.show,
        }))}
      />
      <form method="get" action="/coordinate/people" role="search" className="list-filters">
        {filter.group && <input type="hidden" name="group" value={filter.group} />}
        {filter.show !== "all" && <input type="hidden" name="show" value={filter.show} />}
        {filter.show === "unasked" &&
          [...new URLSearchParams(chosenQuery("", filter.chosen))].map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
        <TextField
          name="q"
          type="search"
          label={t("room.people.q")}
          defaultValue={filter.q}
          maxLength={80}
          autoComplete="off"
        />
        <Button look="plain">{t("room.people.search")}</Button>
      </form>
    </div>
  );
}

function PersonRow({ person, now, withGroup }: { person: GroupPerson; now: number; withGroup: boolean }) {
  const t = useText();
  const locale = useLocale();
  const { group, lastAsked, live } = person;
  return (
    <tr>
      <th scope="row">
        <a href={personHref(person)}>
          <bdi>{person.name ?? t("people.no_name")}</bdi>
        </a>
      </th>
      <td className="n">{live}</td>
      <td>
        <PersonTags person={person} />
      </td>
      {withGroup && (
        <td>
          <bdi>{group.name}</bdi>
        </td>
      )}
      <td>{lastAsked === null ? t("room.never") : t("room.ago", { time: ageWords(t, (now - lastAsked) / 1000) })}</td>
      <td>{languageList(person.languages, locale, t("people.speaks.sign"))}</td>
    </tr>
  );
}

export const personHref = ({ personId, group }: Pick<GroupPerson, "personId" | "group">) =>
  `/coordinate/people/${personId}?group=${group.slug}`;

/** What stands out about somebody, in few words. */
export function PersonTags({ person }: { person: GroupPerson }) {
  const t = useText();
  return (
    <span className="row tight">
      {person.state === "asked" && <Tag look="wait">{t("room.tag.asks")}</Tag>}
      {person.state === "left" && <Tag look="gone">{t("room.tag.left")}</Tag>}
      {person.role === "coordinator" && person.state === "active" && <Tag look="info">{t("groups.coordinator")}</Tag>}
      {person.vettedAt !== null && (
        <Tag look="offer" icon="check">
          {t("room.tag.checked")}
        </Tag>
      )}
      {person.pausedUntil !== null && <Tag look="gone">{t("room.tag.rests")}</Tag>}
      {person.state === "active" && !person.alerts && <Tag look="gone">{t("room.tag.silent")}</Tag>}
    </span>
  );
}
