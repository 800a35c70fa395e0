import type { ReactNode } from "react";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Button, EmptyState, ErrorSummary, Notice, TextField } from "#app/ui/index.ts";
import type { KeptPlace } from "./keep-places.server.ts";

export type PlacesProps = { places: KeptPlace[]; saved: boolean };
export type PlacesFault = { values: Record<string, string>; errors: Record<string, MessageId> };

/** The names of places people here use, and where they are: whoever writes one of them is on the map without an address. */
export function PlacesPage(props: PlacesProps & { fault: PlacesFault | undefined; nav: ReactNode }) {
  const t = useText();
  const { places, fault } = props;
  const error = (field: string) => fault?.errors[field] && t(fault.errors[field]);
  return (
    <>
      <ErrorSummary
        title={t("posts.problem")}
        errors={Object.entries(fault?.errors ?? {}).map(([field, message]) => ({ field, message: t(message) }))}
      />
      {props.saved && !fault && (
        <Notice look="done" role="status">
          {t("places.saved")}
        </Notice>
      )}
      <header>
        <h1>{t("places.title")}</h1>
        <p className="lede">{t("places.intro")}</p>
      </header>
      {props.nav}
      {places.length === 0 && <EmptyState title={t("places.none")}>{t("places.none.words")}</EmptyState>}
      {places.length > 0 && (
        <ul className="plain settle">
          {places.map((place) => (
            <li key={place.id}>
              <span>
                <b>
                  <bdi>{place.name}</bdi>
                </b>
                <br />
                <span className="meta" dir="ltr">
                  {place.lat.toFixed(3)}, {place.lng.toFixed(3)}
                </span>
              </span>
              <form method="post">
                <input type="hidden" name="id" value={place.id} />
                <Button
                  look="quiet"
                  name="act"
                  value="remove"
                  aria-label={t("places.remove_which", { name: place.name })}
                >
                  {t("places.remove")}
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form method="post" className="stack" noValidate>
        <h2>{t("places.add")}</h2>
        <TextField
          name="name"
          size="half"
          label={t("places.name")}
          hint={t("places.name.hint")}
          maxLength={80}
          defaultValue={fault?.values["name"]}
          error={error("name")}
        />
        <TextField
          name="at"
          size="half"
          dir="ltr"
          autoComplete="off"
          label={t("places.at")}
          hint={t("places.at.hint")}
          defaultValue={fault?.values["at"]}
          error={error("at")}
        />
        <p>
          <Button name="act" value="save">
            {t("places.save")}
          </Button>
        </p>
      </form>
    </>
  );
}
