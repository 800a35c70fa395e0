import type { ReactNode } from "react";
import { DISMISS_REASONS } from "#app/events/event.ts";
import { useText } from "#app/i18n/use-text.ts";
import { PostCard } from "#app/posts/post-card.tsx";
import type { PostCardView } from "#app/posts/post-words.ts";
import {
  Button,
  Card,
  Disclosure,
  Dots,
  EmptyState,
  FilterLinks,
  LinkButton,
  Notice,
  NumberField,
  Pager,
  Tag,
} from "#app/ui/index.ts";
import type { Strength } from "./match.ts";
import type { ShownMatch } from "./shown-matches.server.ts";
import type { Titled } from "./titled.server.ts";
import { Lacks, Why } from "./shown-matches.tsx";

export type QueueLineView = {
  need: PostCardView;
  beyond: string[];
  offers: (ShownMatch & { strength: Strength })[];
};

/** What was done last. `left`: how much of it is still open where somebody else was quicker; `made`: how many were promised. */
export type QueueSaid =
  | { what: "accepted"; left: null; made: number }
  | { what: "gone"; left: number }
  | { what: "quantity" | "dismissed" | "undone" | "apart" | "together"; left: null };

export type QueueProps = {
  lines: QueueLineView[];
  next: string | null;
  first: string | null;
  group: string;
  choices: { slug: string; name: string }[];
  said: QueueSaid | null;
  /** The pair it was about, where it is one that was brought together. */
  pair: { need: Titled; offer: Titled } | null;
  /** The pair that was just put aside, to take it back. */
  undo: { need: string; other: string } | null;
  apart: { one: { id: string; name: string | null }; other: { id: string; name: string | null } }[];
  nav: ReactNode;
};

/** Who could serve what, waiting for a coordinator's yes. */
export function QueuePage(props: QueueProps) {
  const t = useText();
  const { lines, group, choices } = props;
  return (
    <>
      <Said {...props} />
      <header>
        <h1>{t("matching.queue.title")}</h1>
        <p className="lede">{t("matching.queue.intro")}</p>
      </header>
      {props.nav}
      <div className="desk-bar">
        {choices.length > 1 && (
          <FilterLinks
            label={t("dashboard.group")}
            items={[{ slug: "", name: t("dashboard.group.all") }, ...choices].map(({ slug, name }) => ({
              href: slug ? `/coordinate/matches?group=${slug}` : "/coordinate/matches",
              text: <bdi>{name}</bdi>,
              pressed: slug === group,
            }))}
          />
        )}
        <LinkButton look="quiet" href={`/coordinate/matches/fits${group && `?group=${group}`}`}>
          {t("matching.queue.fits")}
        </LinkButton>
      </div>
      {lines.length === 0 && (
        <EmptyState
          title={t("matching.queue.none")}
          action={
            <LinkButton href="/coordinate/posts?state=open&kind=need">{t("matching.queue.none.posts")}</LinkButton>
          }
        >
          {t("matching.queue.none.words")}
        </EmptyState>
      )}
      {lines.map((line) => (
        <Line key={line.need.code} line={line} group={group} />
      ))}
      <Pager
        label={t("matching.queue.pages")}
        previous={props.first ? { href: props.first, text: t("matching.queue.first") } : null}
        next={props.next ? { href: props.next, text: t("matching.queue.next") } : null}
      />
      <Apart {...props} />
    </>
  );
}

function Said({ said, pair, undo, group }: QueueProps) {
  const t = useText();
  if (!said) return null;
  return (
    <Notice look={said.what === "gone" || said.what === "quantity" ? "wait" : "done"} role="status">
      {said.what === "accepted" && pair ? (
        <p>
          {t("matching.queue.said.made", { n: said.made, need: pair.need.title, offer: pair.offer.title })}{" "}
          <a href={`/coordinate/promises${group && `?group=${group}`}`}>{t("matching.queue.said.promises")}</a>
        </p>
      ) : (
        <p>{t(`matching.queue.said.${said.what}`, { left: said.left ?? 0 })}</p>
      )}
      {undo && (
        <form method="post">
          <Hidden act="undo" need={undo.need} other={undo.other} group={group} />
          <Button look="quiet">{t("matching.queue.undo")}</Button>
        </form>
      )}
    </Notice>
  );
}

/** The best that fits stands open, the others behind a word: a phone shows a pair at a time, not a column of offers. */
function Line({ line: { need, beyond, offers }, group }: { line: QueueLineView; group: string }) {
  const t = useText();
  const [best, ...others] = offers;
  return (
    <section className="pairs" aria-label={need.title}>
      <PostCard post={need} />
      <div className="stack">
        {beyond.map((words) => (
          <p key={words} className="meta">
            {words}
          </p>
        ))}
        {best && <OfferCard need={need.code} offer={best} group={group} />}
        {others.length > 0 && (
          <Disclosure summary={t("reach.others_fit", { n: others.length })}>
            <div className="stack">
              {others.map((offer) => (
                <OfferCard key={offer.code} need={need.code} offer={offer} group={group} />
              ))}
            </div>
          </Disclosure>
        )}
        <p>
          <a href={need.href}>{t("matching.queue.people")}</a>
        </p>
      </div>
    </section>
  );
}

function OfferCard({ need, offer, group }: { need: string; offer: QueueLineView["offers"][number]; group: string }) {
  const t = useText();
  const { quantity, units } = offer;
  return (
    <Card
      level={3}
      look="offer"
      title={
        <a href={offer.href}>
          <bdi>{offer.title}</bdi>
        </a>
      }
      tags={<Tag look={offer.strength === "strong" ? "match" : "info"}>{t(`matching.strength.${offer.strength}`)}</Tag>}
      meta={<Dots items={[offer.left, offer.place && <bdi key="place">{offer.place}</bdi>, offer.when]} />}
    >
      <Why reasons={offer.why} />
      <Lacks match={offer} />
      {quantity === null ? (
        <p>
          {t("matching.queue.other_kind")} <a href={offer.href}>{t("matching.queue.open_offer")}</a>
        </p>
      ) : (
        <form method="post" className="row ends">
          <Hidden act="accept" need={need} other={offer.code} group={group} />
          <input type="hidden" name="key" value={offer.key} />
          {quantity > 1 && (
            <NumberField
              name="quantity"
              id={`quantity-${need}-${offer.code}`}
              size="short"
              label={t("matching.queue.how_many")}
              defaultValue={quantity}
              min={1}
              max={quantity}
              unit={units && <bdi>{units.many}</bdi>}
            />
          )}
          <Button look="act">{t("matching.queue.accept")}</Button>
        </form>
      )}
      <NotThis need={need} offer={offer} group={group} />
    </Card>
  );
}

/** Not now, with a reason that teaches; or never these two people, which is asked twice. */
function NotThis({ need, offer, group }: { need: string; offer: ShownMatch; group: string }) {
  const t = useText();
  return (
    <Disclosure summary={t("matching.queue.not_this")}>
      <form method="post" className="stack tight">
        <Hidden act="dismiss" need={need} other={offer.code} group={group} />
        <p className="meta">{t("matching.queue.dismiss.words")}</p>
        <div className="row">
          {DISMISS_REASONS.map((reason) => (
            <Button key={reason} look="quiet" name="reason" value={reason}>
              {t(`matching.queue.reason.${reason}`)}
            </Button>
          ))}
        </div>
      </form>
      <Disclosure summary={t("matching.queue.apart")}>
        <form method="post" className="stack tight">
          <Hidden act="apart" need={need} other={offer.code} group={group} />
          <p>{t("matching.queue.apart.words")}</p>
          <p>
            <Button look="stop">{t("matching.queue.apart.yes")}</Button>
          </p>
        </form>
      </Disclosure>
    </Disclosure>
  );
}

function Apart({ apart, group }: QueueProps) {
  const t = useText();
  const nameOf = ({ name }: { name: string | null }) => <bdi>{name ?? t("dashboard.joining.no_name")}</bdi>;
  if (apart.length === 0) return null;
  return (
    <Disclosure summary={t("matching.queue.apart.list", { n: apart.length })}>
      <p className="meta">{t("matching.queue.apart.list_words")}</p>
      <ul className="plain settle">
        {apart.map(({ one, other }) => (
          <li key={one.id + other.id}>
            <span>
              {nameOf(one)} · {nameOf(other)}
            </span>
            <form method="post">
              <input type="hidden" name="act" value="together" />
              <input type="hidden" name="one" value={one.id} />
              <input type="hidden" name="other" value={other.id} />
              <input type="hidden" name="group" value={group} />
              <Button look="quiet">{t("matching.queue.together")}</Button>
            </form>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function Hidden({ act, need, other, group }: { act: string; need: string; other: string; group: string }) {
  return (
    <>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="need" value={need} />
      <input type="hidden" name="other" value={other} />
      <input type="hidden" name="group" value={group} />
    </>
  );
}
