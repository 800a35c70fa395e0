import { z } from "zod";
import type { PersonCtx } from "#app/core/ctx.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { setAlerts } from "#app/groups/set-alerts.server.ts";
import { NAME_LENGTH } from "#app/people/people-input.ts";
import { changeSettings, getSettings } from "#app/people/settings.server.ts";
import { BadInput, or } from "./bad-input.ts";
import { locale, maybeWords, slug } from "./fields.ts";
import { operation, type ApiCtx } from "./operation.ts";
import { Me } from "./shapes.ts";

const hour = z.int().min(0).max(23);

const MyChangesBody = z.strictObject({
  name: maybeWords(NAME_LENGTH).nullable().optional(),
  locale: locale.optional().describe("Language of texts"),
  time_zone: z.string().max(64).refine(isTimeZone, or("written")).optional().describe("IANA name: America/New_York"),
  quiet_from: hour.optional().describe("First hour of the night, in `time_zone`; equal hours mean no quiet time"),
  quiet_to: hour.optional(),
  monthly_cap: z.int().min(0).max(10_000).nullable().optional().describe("Most texts a month about new needs"),
  groups: z
    .array(z.strictObject({ slug, alerts: z.boolean().optional(), hears_claims: z.boolean().optional() }))
    .max(50)
    .optional()
    .describe("Groups whose texts change; the others stay as they are"),
});

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
      const change = { name, locale: mine, timeZone, quietFrom, quietTo, monthlyCap: body.monthly_cap };
      await changeSettings(ctx, Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
      return { status: 200, body: await meJson(ctx) };
    },
  }),
];

/** @throws BadInput when one of the groups is not the person's own; then nothing is changed. */
async function changeAlerts(
  ctx: ApiCtx<"required">,
  changes: { slug: string; alerts?: boolean | undefined; hears_claims?: boolean | undefined }[],
): Promise<void> {
  if (changes.length === 0) return;
  const groups = new Map((await listGroups(ctx, ctx.locale, "uncounted")).map((group) => [group.slug, group.mine]));
  const faults = changes.flatMap(({ slug: name }, at) =>
    groups.get(name) ? [] : [{ pointer: `#/groups/${at}/slug`, say: "my_group" as const }],
  );
  if (faults.length > 0) throw new BadInput(faults);
  for (const { slug: name, alerts, hears_claims: hearsClaims } of changes) {
    const mine = groups.get(name)!;
    await setAlerts(ctx, {
      slug: name,
      alerts: alerts ?? mine.alerts,
      hearsClaims: hearsClaims ?? mine.hearsClaims,
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
    is_admin: ctx.person.isAdmin,
    groups: groups.flatMap(({ slug: name, name: title, mine }) =>
      mine
        ? [
            {
              slug: name,
              name: title,
              role: mine.role,
              state: mine.state,
              alerts: mine.alerts,
              hears_claims: mine.hearsClaims,
            },
          ]
        : [],
    ),
  };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "" && /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
