import { useText } from "#app/i18n/use-text.ts";
import { Button, Disclosure, FilterLinks, SelectField, TextField } from "#app/ui/index.ts";
import { queryOf, type ListView } from "../post-list.ts";
import { keptQuery, LONGEST_VIEW_NAME, type SavedView } from "./view-query.ts";

type Props = { views: SavedView[]; view: ListView; groups: { slug: string; name: string }[] };

/** Lists that were kept under a name, and a form to keep this one. Links and forms: nothing here needs script. */
export function ViewLinks({ views, view, groups }: Props) {
  const t = useText();
  const here = keptQuery(queryOf(view));
  return (
    <div className="saved-views">
      {views.length > 0 && (
        <FilterLinks
          label={t("bulk.views")}
          items={views.map(({ name, query, group }) => ({
            href: `/coordinate/posts${query && `?${query}`}`,
            text: (
              <>
                <bdi>{name}</bdi>
                {group && (
                  <span className="meta">
                    {" "}
                    · <bdi>{group}</bdi>
                  </span>
                )}
              </>
            ),
            pressed: query === here,
          }))}
        />
      )}
      <Disclosure summary={t("bulk.views.keep")}>
        <form method="post" action="/coordinate/posts/views" className="row">
          <input type="hidden" name="query" value={here} />
          <TextField
            name="name"
            id="view-name"
            label={t("bulk.views.name")}
            hint={t("bulk.views.hint")}
            maxLength={LONGEST_VIEW_NAME}
            autoComplete="off"
            required
          />
          <SelectField
            name="owner"
            id="view-owner"
            label={t("bulk.views.whose")}
            blank={t("bulk.views.mine")}
            options={groups.map(({ slug, name }) => ({ value: slug, label: t("bulk.views.group", { name }) }))}
          />
          <Button look="plain" name="act" value="save">
            {t("bulk.views.save")}
          </Button>
        </form>
        {views.length > 0 && (
          <form method="post" action="/coordinate/posts/views" className="row">
            <input type="hidden" name="query" value={here} />
            <SelectField
              name="view"
              id="view-gone"
              label={t("bulk.views.forget")}
              options={views.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Button look="quiet" name="act" value="delete">
              {t("bulk.views.forget.do")}
            </Button>
          </form>
        )}
      </Disclosure>
    </div>
  );
}
