import { useLocale, useText } from "#app/i18n/use-text.ts";
import { Button, Card, LinkButton, Dots, Notice, NumberField } from "#app/ui/index.ts";
import type { ShownMatch, ShownMatches } from "./shown-matches.server.ts";

/** What was typed in the form of one match where its number has to be mended. */
type Wrong = Record<string, string> | null;

/**
 * "3 offers near you fit this", each with why. With `take` the author may take one up right here; else each leads to
 * its own page.
 */
export function MatchesOf(props: { matches: ShownMatches | null; take?: boolean; missed?: boolean; wrong?: Wrong }) {
  const t = useText();
  const { matches, take = false, missed = false, wrong = null } = props;
  const kind = matches?.items[0]?.kind;
  const sorry = missed && (
    <Notice look="wait" role="status">
      {t("matching.shown.missed")}
    </Notice>
  );
  if (!matches || !kind) return sorry || null;
  return (
    <section className="stack" aria-labelledby="matches" id="fitting">
      <h2 id="matches">{t(`matching.shown.${kind}${matches.near ? "_near" : ""}`, { n: matches.found })}</h2>
      {sorry}
      {matches.beyond.map((words) => (
        <p key={words} className="meta">
          {words}
        </p>
      ))}
      <div className="cards">
        {matches.items.map((match) => (
          <MatchCard
            key={match.code}
            match={match}
            take={take}
            wrong={wrong?.["other"] === match.code ? wrong : null}
          />
        ))}
      </div>
    </section>
  );
}

function MatchCard({ match, take, wrong }: { match: ShownMatch; take: boolean; wrong: Wrong }) {
  return (
    <Card
      level={3}
      look={match.kind === "need" ? "ask" : "offer"}
      href={take ? undefined : match.href}
      title={
        take ? (
          <a href={match.href}>
            <bdi>{match.title}</bdi>
          </a>
        ) : (
          <bdi>{match.title}</bdi>
        )
      }
      meta={<Dots items={[match.left, match.place && <bdi key="place">{match.place}</bdi>, match.when]} />}
      footer={take && <Take match={match} wrong={wrong} />}
    >
      <Why reasons={match.why} />
      <Lacks match={match} />
    </Card>
  );
}

/** "Why: the same kind of thing, about 1 km away, today". */
export function Why({ reasons }: { reasons: string[] }) {
  const t = useText();
  const list = new Intl.ListFormat(useLocale(), { type: "unit" });
  if (reasons.length === 0) return null;
  return (
    <p>
      <strong>{t("matching.shown.why")}</strong> {list.format(reasons)}
    </p>
  );
}

/** "Wished for: children, 8 to 14. This is something else." */
export function Lacks({ match: { lacks } }: { match: Pick<ShownMatch, "lacks"> }) {
  const t = useText();
  return lacks ? <p className="meta">{t("matching.shown.lacks", { wish: lacks })}</p> : null;
}

function Take({ match, wrong }: { match: ShownMatch; wrong: Wrong }) {
  const t = useText();
  const { kind, quantity, units } = match;
  if (quantity === null)
    return (
      <LinkButton look="quiet" href={match.href}>
        {t(`matching.shown.${kind}_open`)}
      </LinkButton>
    );
  return (
    <form method="post" className="stack tight" noValidate>
      <input type="hidden" name="act" value="match" />
      <input type="hidden" name="other" value={match.code} />
      <input type="hidden" name="key" value={match.key} />
      {quantity > 1 && (
        <NumberField
          name="quantity"
          id={`quantity-${match.code}`}
          label={t(`matching.shown.${kind}_how_many`)}
          defaultValue={wrong?.["quantity"] ?? quantity}
          error={wrong ? t("claims.error.quantity") : undefined}
          max={quantity}
          unit={units && <bdi>{units.many}</bdi>}
        />
      )}
      <Button look={kind === "need" ? "act" : "offer"}>{t(`matching.shown.${kind}_take`)}</Button>
    </form>
  );
}
