import { z } from "zod";
import type { PersonCtx } from "#app/core/ctx.ts";
import { isTimeZone } from "#app/core/time-zone.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { setAlerts } from "#app/groups/set-alerts.server.ts";
import { NAME_LENGTH } from "#app/people/people-input.ts";
import { changeSettings, getSettings } from "#app/people/settings.server.ts";
import { BadInput, or, type Fault } from "./bad-input.ts";
import { language, locale, maybeWords, moment, slug } from "./fields.ts";
import { operation, type ApiCtx } from "./operation.ts";
import { Me } from "./shapes.ts";

const hour = z.int().min(0).max(23);

const MyChangesBody = z
  .strictObject({
    name: maybeWords(NAME_LENGTH).nullable().optional(),
    locale: locale.optional().describe("Language of texts"),
    time_zone: z.string().max(64).refine(isTimeZone, or("written")).optional().describe("IANA name: America/New_York"),
    quiet_from: hour.optional().describe("First hour of the night, in `time_zone`; equal hours mean no quiet time"),
    quiet_to: hour.optional(),
    monthly_cap: z.int().min(0).max(10_000).nullable().optional().describe("Most texts a month about new needs"),
    languages: z.array(language).max(20).optional().describe("What I speak beside `locale`"),
    lat: z
      .number()
      .min(-90)
      .max(90)
      .nullable()
      .optional()
      .describe("Kept as the middle of its grid cell of about 1 km"),
    lng: z.number().min(-180).max(180).nullable().optional(),
    urgent_at_night: z.boolean().optional().describe("Urgent needs may come in quiet hours"),
    paused_until: moment.nullable().optional().describe("No texts about new needs until then"),
    groups: z
      .array(
        z.strictObject({
          slug,
          alerts: z.boolean().optional(),
          hears_claims: z.boolean().optional(),
          categories: z.array(slug).max(100).optional().describe("Only needs of these; empty means all"),
        }),
      )
      .max(50)
      .optional()
      .describe("Groups whose texts change; the others stay as they are"),
  })
  .refine(
    ({ lat, lng }) => (lat === undefined) === (lng === undefined) && (lat === null) === (lng === null),
    or("both_or_none", ["lat"]),
  );

export const meOperations = [
  operation({
    id: "getMe",
    method: "GET",
    path: "/me",
    summary: "My own settings and groups",
    auth: "required",
    problems: [],
    answers: { 200: Me },
    async handle(ctx) {
      return { status: 200, body: await meJson(ctx) };
    },
  }),
  operation({
    id: "changeMe",
    method: "PATCH",
    path: "/me",
    summary: "Change my settings; what is left out stays",
    auth: "required",
    body: MyChangesBody,
    problems: [],
    answers: { 200: Me },
    async handle(ctx, { body }) {
      await changeAlerts(ctx, body.groups ?? []);
      const { name, locale: mine, time_zone: timeZone, quiet_from: quietFrom, quiet_to: quietTo } = body;
      const { monthly_cap: monthlyCap, languages, urgent_at_night: urgentAtNight, paused_until: pausedUntil } = body;
      const texts = { timeZone, quietFrom, quietTo, monthlyCap, urgentAtNight, pausedUntil };
      const change = { name, locale: mine, languages, area: areaOf(body), ...texts };
      await changeSettings(ctx, Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
      return { status: 200, body: await meJson(ctx) };
    },
  }),
];

/** Undefined stays, null is taken away. */
const areaOf = ({ lat, lng }: Pick<z.output<typeof MyChangesBody>, "lat" | "lng">) =>
  typeof lat === "number" && typeof lng === "number" ? { lat, lng } : lat === null ? null : undefined;

type GroupChange = NonNullable<z.output<typeof MyChangesBody>["groups"]>[number];

/** @throws BadInput when one of the groups is not the person's own; then nothing is changed. */
async function changeAlerts(ctx: ApiCtx<"required">, changes: GroupChange[]): Promise<void> {
  if (changes.length === 0) return;
  const groups = new Map((await listGroups(ctx, ctx.locale, "uncounted")).map((group) => [group.slug, group]));
  const faults = changes.flatMap(({ slug: name, categories = [] }, at): Fault[] => {
    const group = groups.get(name);
    if (!group?.mine) return [{ pointer: `#/groups/${at}/slug`, say: "my_group" }];
    const known = group.categories.map((category) => category.slug);
    return categories.flatMap((one, nth) =>
      known.includes(one) ? [] : [{ pointer: `#/groups/${at}/categories/${nth}`, say: "written" }],
    );
  });
  if (faults.length > 0) throw new BadInput(faults);
  for (const { slug: name, alerts, hears_claims: hearsClaims, categories } of changes) {
    const mine = groups.get(name)!.mine!;
    await setAlerts(ctx, {
      slug: name,
      alerts: alerts ?? mine.alerts,
      hearsClaims: hearsClaims ?? mine.hearsClaims,
      categories,
    });
  }
}

async function meJson(ctx: PersonCtx & Pick<ApiCtx, "locale">): Promise<z.input<typeof Me>> {
  const [settings, groups] = await Promise.all([getSettings(ctx), listGroups(ctx, ctx.locale, "uncounted")]);
  return {
    id: ctx.person.id,
    name: settings.name,
    phone: settings.phone,
    locale: settings.locale,
    time_zone: settings.timeZone,
    quiet_from: settings.quietFrom,
    quiet_to: settings.quietTo,
    monthly_cap: settings.monthlyCap,
    languages: settings.languages,
    lat: settings.area?.lat ?? null,
    lng: settings.area?.lng ?? null,
    urgent_at_night: settings.urgentAtNight,
    paused_until: settings.pausedUntil?.toISOString() ?? null,
    stopped: settings.stopped !== null,
    is_admin: ctx.person.isAdmin,
    groups: groups.flatMap(({ slug: name, name: title, mine, categories }) =>
      mine
        ? [
            {
              slug: name,
              name: title,
              role: mine.role,
              state: mine.state,
              alerts: mine.alerts,
              hears_claims: mine.hearsClaims,
              categories: categories.flatMap(({ id, slug: one }) => (mine.categoryIds.includes(id) ? [one] : [])),
            },
          ]
        : [],
    ),
  };
}
