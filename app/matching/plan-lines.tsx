import { useText } from "#app/i18n/use-text.ts";
import { Button, CheckboxField, Dots, NumberField, Tag } from "#app/ui/index.ts";
import type { PlanFault } from "./plan-page.tsx";
import type { ShownLine, ShownPair } from "./shown-plan.ts";

type Lines = { lines: ShownLine[]; formKey: string; out: string[]; fault: PlanFault };

/** Each need with what it would get, in one form: how many, keep it so, take it out. */
export function PlanLines({ lines, formKey, out, fault }: Lines) {
  const t = useText();
  return (
    <form method="post" noValidate className="plan">
      <input type="hidden" name="key" value={formKey} />
      {out.map((name) => (
        <input key={name} type="hidden" name="without" value={name} />
      ))}
      <ol className="plain">
        {lines.map((line) => (
          <Line key={line.need.code} line={line} fault={fault} />
        ))}
      </ol>
      <div className="acts">
        <p className="meta">{t("matching.plan.accept.words")}</p>
        <div className="row">
          <Button name="act" value="accept">
            {t("matching.plan.accept")}
          </Button>
          <Button look="plain" name="act" value="again">
            {t("matching.plan.again")}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Line({ line: { need, pairs, missing, units }, fault }: { line: ShownLine; fault: PlanFault }) {
  const t = useText();
  return (
    <li className="plan-line">
      <div>
        <h2>
          <a href={need.href}>
            <bdi>{need.title}</bdi>
          </a>
        </h2>
        <p className="meta">
          <Dots items={[need.left, need.when, need.place && <bdi key="place">{need.place}</bdi>]} />
        </p>
        {missing > 0 && (
          <p>
            <Tag look="wait">
              {units
                ? t("matching.plan.missing", { n: missing, units: missing === 1 ? units.one : units.many })
                : t("matching.plan.missing_plain", { n: missing })}
            </Tag>
          </p>
        )}
      </div>
      <ul className="plain">
        {pairs.map((pair) => (
          <Pair key={pair.name} pair={pair} fault={fault} />
        ))}
      </ul>
    </li>
  );
}

function Pair({ pair, fault }: { pair: ShownPair; fault: PlanFault }) {
  const t = useText();
  const { name, field, offer, units, quantity } = pair;
  const ticked = (box: string, usual: boolean) =>
    fault ? (fault.values[box] ?? "").split("\n").includes(name) : usual;
  return (
    <li className="plan-pair">
      <div>
        <h3>
          <a href={offer.href}>
            <bdi>{offer.title}</bdi>
          </a>{" "}
          <Tag look={pair.strength === "strong" ? "match" : "info"}>{t(`matching.strength.${pair.strength}`)}</Tag>
        </h3>
        <p>
          <Dots items={pair.why} />
        </p>
        <p className="meta">
          <Dots items={[offer.left, offer.place && <bdi key="place">{offer.place}</bdi>, offer.when]} />
        </p>
      </div>
      <div className="plan-choices" role="group" aria-label={offer.title}>
        {pair.most > 1 ? (
          <NumberField
            name={field}
            label={t("matching.plan.gives")}
            defaultValue={fault?.values[field] ?? quantity}
            error={fault?.wrong.includes(field) ? t("matching.plan.error.number") : undefined}
            min={0}
            max={pair.most}
            unit={units && <bdi>{units.many}</bdi>}
          />
        ) : (
          <input type="hidden" name={field} value={quantity} />
        )}
        <CheckboxField
          name="keep"
          id={`keep-${name}`}
          value={name}
          label={t("matching.plan.keep")}
          defaultChecked={ticked("keep", pair.kept)}
        />
        <CheckboxField
          name="out"
          id={`out-${name}`}
          value={name}
          label={t("matching.plan.out")}
          defaultChecked={ticked("out", false)}
        />
      </div>
    </li>
  );
}

/** Needs of the day that get nothing; each leads to where people can be asked. */
export function Missing({ lines }: { lines: ShownLine[] }) {
  const t = useText();
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="missing">
      <h2 id="missing">{t("matching.plan.missing.title", { n: lines.length })}</h2>
      <p>{t("matching.plan.missing.words")}</p>
      <ul className="lines plan-missing">
        {lines.map(({ need }) => (
          <li key={need.code}>
            <a href={need.href}>
              <bdi>{need.title}</bdi>
              <span className="meta">
                <Dots items={[need.left, need.when, need.place && <bdi key="place">{need.place}</bdi>]} />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
