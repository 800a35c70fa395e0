import type { ReactNode } from "react";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import { languageName } from "#app/people/languages.ts";
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
import { ageWords } from "../spans.ts";
import { peopleHref, SHOWS, type GroupPerson, type PeopleFilter } from "./people-filter.ts";

export type PeoplePageProps = {
  people: GroupPerson[];
  /** How many there are with the filter, of whom `people` are the first. */
  total: number;
  asking: number;
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
  const { people, total, asking, filter, groups } = props;
  return (
    <>
      <header>
        <h1>{t("groups.people.title")}</h1>
        <p className="lede">{t("room.people.headline", { n: asking })}</p>
      </header>
      {props.nav}
      <Filters filter={filter} groups={groups} />
      {props.cut && <Notice look="wait">{t("room.people.cut")}</Notice>}
      {total === 0 ? (
        <EmptyState
          title={t("room.people.none")}
          action={<LinkButton href="/coordinate/people">{t("room.people.clear")}</LinkButton>}
        >
          {t("room.people.none.more")}
        </EmptyState>
      ) : (
        <DataTable id="people" caption={t("room.people.found", { n: total })}>
          <thead>
            <tr>
              <ColumnHead>{t("room.col.name")}</ColumnHead>
              {groups.length > 1 && <ColumnHead>{t("room.col.group")}</ColumnHead>}
              <ColumnHead>{t("room.col.state")}</ColumnHead>
              <ColumnHead>{t("room.col.speaks")}</ColumnHead>
              <ColumnHead>{t("room.col.asked")}</ColumnHead>
              <ColumnHead number>{t("room.col.live")}</ColumnHead>
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
      <form method="get" action="/coordinate/people" role="search" className="row ends">
        {filter.group && <input type="hidden" name="group" value={filter.group} />}
        {filter.show !== "all" && <input type="hidden" name="show" value={filter.show} />}
        <TextField
          name="q"
          type="search"
          size="half"
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
      {withGroup && (
        <td>
          <bdi>{group.name}</bdi>
        </td>
      )}
      <td>
        <PersonTags person={person} />
      </td>
      <td>{person.languages.map((one) => languageName(one, locale, t("people.speaks.sign"))).join(", ")}</td>
      <td>{lastAsked === null ? t("room.never") : t("room.ago", { time: ageWords(t, (now - lastAsked) / 1000) })}</td>
      <td className="n">{live}</td>
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
