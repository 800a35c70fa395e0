import { listGroups } from "#app/groups/queries.server.ts";
import { operation } from "./operation.ts";
import { GroupList } from "./shapes.ts";

export const groupOperations = [
  operation({
    id: "listGroups",
    method: "GET",
    path: "/groups",
    summary: "Every working group with its categories",
    auth: "optional",
    problems: [],
    answers: { 200: GroupList },
    async handle(ctx) {
      const groups = await listGroups(ctx, ctx.locale);
      const items = groups.map(({ slug, name, blurb, categories, openNeeds, openOffers }) => ({
        slug,
        name,
        blurb,
        categories: categories.map((category) => ({
          slug: category.slug,
          name: category.name,
          unit: category.unit,
          fields: category.fields,
        })),
        open_needs: openNeeds,
        open_offers: openOffers,
      }));
      return { status: 200, body: { items, next_cursor: null } };
    },
  }),
];
