import { Secret, TOTP } from "otpauth";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { westernDigits } from "#app/people/phone.server.ts";

const PERIOD_SECONDS = 30;
/** RFC 6238 §5.2: one step of clocks that differ is accepted to either side. */
const WINDOW = 1;

const totpOf = (ctx: Ctx, secret: string): TOTP =>
  new TOTP({
    issuer: "Manyhands",
    label: new URL(ctx.publicUrl).hostname,
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });

/**
 * What an app would be given, for a page that asks whether it works: made from `seed`, which the form hands back, so that nothing is kept
 * of who only looked.
 *
 * @returns `secret` in base32 for typing, `uri` for the QR code (`otpauth://`, Google's Key Uri Format).
 */
export function appToAdd(ctx: PersonCtx, seed: string): { secret: string; uri: string } {
  const secret = Secret.fromHex(ctx.seal.lookup("code", `app ${ctx.person.id} ${seed}`).slice(0, 40)).base32;
  return { secret, uri: totpOf(ctx, secret).toString() };
}

/**
 * Keeps an app once it has shown a right code. There is one: a new one takes the place of the old.
 *
 * @throws Problem `invalid-code`.
 */
export async function addApp(ctx: PersonCtx, input: { seed: string; code: string }): Promise<void> {
  const { secret } = appToAdd(ctx, input.seed);
  const step = stepOf(ctx, secret, input.code);
  if (step === null) throw new Problem("invalid-code");
  const me = ctx.person.id;
  // Its row is named after its owner: whoever presses twice at once still has one.
  const sealed = ctx.seal.seal(secret, { table: "second_steps", column: "secret_sealed", row: me });
  await ctx.db.sql`
    with before as (
      delete from second_steps where person_id = ${me}::uuid and kind = 'app' and id <> ${me}
    ), made as (
      insert into second_steps as t (id, person_id, kind, secret_sealed, counter, created_at)
      values (${me}, ${me}::uuid, 'app', ${sealed}, ${step}::bigint, ${ctx.now}::timestamptz)
      on conflict (id) do update set secret_sealed = excluded.secret_sealed, counter = greatest(t.counter, excluded.counter),
        used_on = null, created_at = excluded.created_at
      returning person_id
    )
    insert into events (type, actor_id, data, at)
    select 'second_step.added', person_id, jsonb_build_object('personId', person_id, 'kind', 'app'), ${ctx.now}::timestamptz from made`;
}

/** Which 30 seconds since 1970 a code of somebody's app is of; null when it is none, or they have no app. */
export async function readAppCode(ctx: Ctx, personId: string, typed: string): Promise<number | null> {
  const [app] = await ctx.db.sql<{ id: string; secret_sealed: string }[]>`
    select id, secret_sealed from second_steps where person_id = ${personId}::uuid and kind = 'app'`;
  const secret =
    app && ctx.seal.read(app.secret_sealed, { table: "second_steps", column: "secret_sealed", row: app.id });
  return secret ? stepOf(ctx, secret, typed) : null;
}

function stepOf(ctx: Ctx, secret: string, typed: string): number | null {
  const token = westernDigits(typed).replace(/[^0-9]/g, "");
  if (token.length !== 6) return null;
  const timestamp = ctx.now.getTime();
  const off = totpOf(ctx, secret).validate({ token, timestamp, window: WINDOW });
  return off === null ? null : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + off;
}
