import { useText } from "#app/i18n/use-text.ts";
import { BackLink } from "#app/ui/index.ts";
import { Qr } from "#app/ui/qr.tsx";
import "./flyer.css";

export type FlyerProps = {
  group: { name: string; blurb: string; slug: string };
  /** The address the code leads to, and as it is read. */
  url: string;
  /** To text or call; null where texts are not set up. */
  number: string | null;
};

/** A number keeps its direction in a sentence of the other (Unicode, UAX #9). */
const isolated = (number: string): string => `\u2068${number}\u2069`;

/** So many strips fit under a page. */
const STRIPS = 8;

/** A sheet to print and pin up: what the group does, a code to scan, a number to text, strips to tear off. In the reader's language. */
export function FlyerPage({ group, url, number }: FlyerProps) {
  const t = useText();
  const plain = url.replace(/^https?:\/\//, "");
  return (
    <div className="flyer">
      <div className="flyer-screen">
        <BackLink href={`/groups/${group.slug}`}>{group.name}</BackLink>
        <p className="meta">{t("flyer.print")}</p>
      </div>
      <h1>
        <bdi>{group.name}</bdi>
      </h1>
      <p className="lede">
        <bdi>{group.blurb}</bdi>
      </p>
      <div className="flyer-ways">
        <Qr text={url} label={t("flyer.code", { url: plain })} />
        <div>
          <p className="flyer-big">{t("flyer.need")}</p>
          {number && <p>{t("flyer.text", { number: isolated(number) })}</p>}
          <p>
            {t("flyer.web")} <bdi dir="ltr">{plain}</bdi>
          </p>
          <p className="flyer-big">{t("flyer.give")}</p>
          {number && <p>{t("flyer.text_offer", { number: isolated(number) })}</p>}
          <p className="meta">{t("flyer.safe")}</p>
        </div>
      </div>
      <ul className="flyer-strips" aria-label={t("flyer.strips")}>
        {Array.from({ length: STRIPS }, (_, at) => (
          <li key={at} aria-hidden={at > 0 ? true : undefined}>
            <div>
              <b>
                <bdi>{group.name}</bdi>
              </b>
              {number && <span dir="ltr">{number}</span>}
              <span dir="ltr">{plain}</span>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
