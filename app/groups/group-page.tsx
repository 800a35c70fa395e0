import type { ReactNode } from "react";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, CheckboxField, Fieldset, Icon, LinkButton, Notice, PosterLink } from "#app/ui/index.ts";
import type { GroupView } from "./group.ts";
import { groupIcon } from "./group-icon.ts";
import { GroupCounts } from "./group-pages.tsx";

export type Done = "joined" | "asked" | "left" | "saved";
const DONE: Record<Done, MessageId> = {
  joined: "groups.done.joined",
  asked: "groups.done.asked",
  left: "groups.done.left",
  saved: "groups.done.saved",
};

type Props = {
  group: GroupView;
  signedIn: boolean;
  coordinates: boolean;
  /** How many ask to join; for coordinators. */
  asking: number;
  done: Done | null;
  /** What is open now, drawn by the route. */
  children: ReactNode;
};

/** One working group: who it is, what is open now, and how to take part. */
export function GroupPage({ group, done, children, ...who }: Props) {
  const t = useText();
  const name = group.name;
  return (
    <div className="stack">
      <BackLink href="/groups">{t("groups.title")}</BackLink>
      {done && (
        <Notice look="done" role="status">
          {t(DONE[done], { name })}
        </Notice>
      )}
      <h1>
        <Icon name={groupIcon(group.slug)} />
        <bdi>{name}</bdi>
      </h1>
      <p className="lede" dir="auto">
        {group.blurb}
      </p>
      <div className="meta">
        <GroupCounts group={group} />
      </div>
      <div className="split">
        <PosterLink look="ask" href={`/needs/new?group=${group.slug}`} title={t("groups.ask")}>
          {t("groups.ask.more")}
        </PosterLink>
        <PosterLink look="offer" href={`/offers/new?group=${group.slug}`} title={t("groups.offer")}>
          {t("groups.offer.more")}
        </PosterLink>
      </div>
      {children}
      <Categories group={group} />
      <TakePart group={group} {...who} />
    </div>
  );
}

function Categories({ group }: { group: GroupView }) {
  const t = useText();
  if (group.categories.length === 0) return null;
  return (
    <section className="stack tight">
      <h2>{t("groups.categories")}</h2>
      <ul className="row">
        {group.categories.map((category) => (
          <li key={category.id}>
            <a className="btn quiet" href={`/board?group=${group.slug}&category=${category.slug}`}>
              <bdi>{category.name}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function TakePart({ group, signedIn, coordinates, asking }: Omit<Props, "done" | "children">) {
  const t = useText();
  return (
    <section className="stack" id="take-part">
      <h2>{t("groups.take_part")}</h2>
      {coordinates && (
        <div className="row">
          <LinkButton href={`/groups/${group.slug}/members`}>{t("groups.members.link", { n: asking })}</LinkButton>
          <LinkButton look="quiet" href={`/coordinate?group=${group.slug}`}>
            {t("web.nav.coordinate")}
          </LinkButton>
          <LinkButton look="quiet" href={`/groups/${group.slug}/flyer`}>
            {t("flyer.link")}
          </LinkButton>
        </div>
      )}
      {group.mine ? <Member group={group} mine={group.mine} /> : <Join group={group} signedIn={signedIn} />}
    </section>
  );
}

function Join({ group, signedIn }: Pick<Props, "group" | "signedIn">) {
  const t = useText();
  const asks = group.joining === "ask";
  return (
    <>
      <p>{t(asks ? "groups.join.asks" : "groups.join.open")}</p>
      {signedIn ? (
        <form method="post" action={`/groups/${group.slug}/membership`}>
          <Button type="submit" name="do" value="join">
            {t(asks ? "groups.join.ask" : "groups.join")}
          </Button>
        </form>
      ) : (
        <div className="row">
          <LinkButton href={`/sign-in?to=${encodeURIComponent(`/groups/${group.slug}#take-part`)}`}>
            {t("groups.join.sign_in")}
          </LinkButton>
        </div>
      )}
    </>
  );
}

function Member({ group, mine }: { group: GroupView; mine: NonNullable<GroupView["mine"]> }) {
  const t = useText();
  const action = `/groups/${group.slug}/membership`;
  if (mine.state === "asked") {
    return (
      <form method="post" action={action} className="stack">
        <p>{t("groups.asked.more")}</p>
        <Button type="submit" look="quiet" name="do" value="leave">
          {t("groups.asked.take_back")}
        </Button>
      </form>
    );
  }
  return (
    <>
      <AlertsForm group={group} mine={mine} action={action} />
      <form method="post" action={action}>
        <Button type="submit" look="quiet" name="do" value="leave">
          {t("groups.leave")}
        </Button>
      </form>
    </>
  );
}

/** What to be texted about; also stands on the settings page, where `back` brings the reader back to. */
export function AlertsForm(props: {
  group: Pick<GroupView, "slug" | "name" | "categories">;
  mine: NonNullable<GroupView["mine"]>;
  action: string;
  back?: string;
}) {
  const t = useText();
  const { slug, categories } = props.group;
  return (
    <form method="post" action={props.action} className="stack tight">
      {props.back && <input type="hidden" name="back" value={props.back} />}
      <CheckboxField
        id={`alerts-${slug}`}
        name="alerts"
        label={t("groups.alerts")}
        defaultChecked={props.mine.alerts}
      />
      {categories.length > 1 && (
        <Fieldset name={`categories-${slug}`} legend={t("groups.alerts.only")} hint={t("groups.alerts.only.hint")}>
          <input type="hidden" name="categories" value="shown" />
          <div className="choices two">
            {categories.map((category) => (
              <label key={category.id} className="choice">
                <input
                  type="checkbox"
                  name={`category-${category.slug}`}
                  value="yes"
                  defaultChecked={props.mine.categoryIds.includes(category.id)}
                />
                <span>
                  <bdi>{category.name}</bdi>
                </span>
              </label>
            ))}
          </div>
        </Fieldset>
      )}
      <CheckboxField
        id={`hears-${slug}`}
        name="hearsClaims"
        label={t("groups.hears_claims")}
        defaultChecked={props.mine.hearsClaims}
      />
      <div>
        <Button type="submit" look="plain" name="do" value="alerts">
          {t("groups.alerts.save")}
        </Button>
      </div>
    </form>
  );
}
