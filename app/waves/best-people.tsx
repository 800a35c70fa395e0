import { useText } from "#app/i18n/use-text.ts";
import { Button, Card, Dots } from "#app/ui/index.ts";
import type { ShownPerson } from "./person-words.ts";

/** To a need's coordinators: who could be asked, with what speaks for and against it, and a button to ask them. */
export function BestPeople({ people }: { people: ShownPerson[] }) {
  const t = useText();
  if (people.length === 0) return null;
  return (
    <section id="people">
      <h2>{t("matching.people.title")}</h2>
      <p className="meta">{t("matching.people.intro")}</p>
      <div className="cards">
        {people.map(({ personId, name, offer, words }) => (
          <Card
            key={personId}
            level={3}
            look="quiet"
            title={<bdi>{name ?? t("matching.people.outside")}</bdi>}
            meta={
              <Dots
                items={[
                  offer && (
                    <a key="offer" href={`/p/${offer.code}`}>
                      {t("matching.people.offers", { title: offer.title })}
                    </a>
                  ),
                  ...words,
                ]}
              />
            }
            footer={
              <form method="post">
                <input type="hidden" name="person" value={personId} />
                <Button type="submit" look="plain" name="act" value="ask">
                  {name ? t("matching.people.ask", { name }) : t("matching.people.ask_somebody")}
                </Button>
              </form>
            }
          />
        ))}
      </div>
    </section>
  );
}
