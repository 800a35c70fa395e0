import type { Ctx } from "#app/core/ctx.ts";
import { hashToken, newToken } from "#app/core/ids.server.ts";

type Asked = {
  /** Who is signed in; nobody where it is null. */
  as?: { id: string } | null;
  path: string;
  params?: Record<string, string | undefined>;
  /** Given: a POST of this form. */
  form?: Record<string, string> | [string, string][] | undefined;
  env?: Record<string, unknown>;
  /** Of a visitor, such as a draft's. */
  cookie?: string;
};

const ENV = {
  PUBLIC_URL: "http://localhost:3000",
  HOST: "127.0.0.1",
  SMS_PROVIDER: "local",
  RATE_LIMITS: "on",
  SESSION_SECRET: "x".repeat(32),
};

/** Calls a loader or an action as the browser of somebody would; what is thrown is an answer, too. */
export async function askRoute(
  ctx: Ctx,
  handler: unknown,
  { as, path, params = {}, form, env, cookie }: Asked,
): Promise<Response> {
  const headers: Record<string, string> = { "accept-language": "en" };
  if (cookie) headers["cookie"] = cookie;
  if (as) headers["cookie"] = `sid=${await sessionOf(ctx, as.id)}`;
  const init = form ? { method: "POST", body: new URLSearchParams(form) } : {};
  const request = new Request(new URL(path, "http://localhost:3000"), { headers, ...init });
  const services = { env: { ...ENV, ...env }, db: ctx.db, seal: ctx.seal, log: ctx.log };
  const context = { services, nonce: "n", peer: "127.0.0.1" };
  const run = handler as (raw: unknown) => Promise<unknown>;
  const answer = await run({ request, params, context }).catch((error: unknown) => error);
  if (!(answer instanceof Response)) throw answer;
  return answer;
}

/** What an answer says: its status, where it leads, and its JSON. */
export async function readAnswer(answer: Response) {
  const isJson = answer.headers.get("content-type")?.includes("json");
  return { status: answer.status, to: answer.headers.get("location"), body: isJson ? await answer.json() : null };
}

/** Signs somebody in without the way by the phone, which is proved elsewhere. @returns the cookie's token. */
export async function sessionOf({ db }: Pick<Ctx, "db">, personId: string, now = new Date()): Promise<string> {
  const token = newToken(32);
  await db.sql`
    insert into sessions (token_hash, person_id, created_at, seen_on, expires_at)
    values (${hashToken(token)}, ${personId}::uuid, ${now}::timestamptz, ${now}::timestamptz::date,
      ${now}::timestamptz + interval '30 days')`;
  return token;
}
