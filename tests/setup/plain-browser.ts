import type { Ctx } from "#app/core/ctx.ts";
import type { Services } from "#app/web/services.server.ts";

type Handler = (raw: never) => Promise<unknown>;
type Asked = { form?: Record<string, string>; params?: Record<string, string> };
const env = { PUBLIC_URL: "http://localhost:3000", SMS_PROVIDER: "local" };

type Given = { address?: string; clock?: () => Date; limits?: "on" | "off"; countries?: string[] };

/** A browser without script: keeps cookies, posts forms, and looks at where it is sent. `clock`: what time it is on the server. */
export function newBrowser(ctx: Ctx, { address = "203.0.113.1", clock, limits = "on", countries }: Given = {}) {
  const cookies = new Map<string, string>();
  const settings = { ...env, RATE_LIMITS: limits, SMS_COUNTRIES: countries };
  const services = { env: settings, db: ctx.db, seal: ctx.seal, log: ctx.log, clock } as unknown as Services;
  async function ask(
    handler: Handler,
    url: string,
    form?: Asked["form"],
    params: Asked["params"] = {},
  ): Promise<Response> {
    const headers = new Headers({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") });
    const body = form && new URLSearchParams(form);
    const request = new Request(`http://localhost:3000${url}`, { method: form ? "POST" : "GET", headers, body });
    const raw = { request, params, context: { services, peer: address, nonce: "" } };
    const answer = (await handler(raw as never).catch((thrown: unknown) => thrown)) as Response;
    if (!(answer instanceof Response)) throw answer;
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value) cookies.set(name!, value);
      else cookies.delete(name!);
    }
    return answer;
  }
  return { ask, cookies };
}

export const leadsTo = (response: Response) => `${response.status} ${response.headers.get("location")}`;
