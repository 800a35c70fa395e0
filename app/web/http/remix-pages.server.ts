import { randomBytes } from "node:crypto";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { Request as ExpressRequest, RequestHandler, Response as ExpressResponse } from "express";
import { readCookie } from "../cookies.server.ts";
import { localeOf } from "../locale.server.ts";
import { everyHeader } from "../security-headers.server.ts";
import type { Services } from "../services.server.ts";
import { everyRouteDeclares } from "./every-route-declares.ts";
import { bestEncoding, compressed, makePageCache, type Page } from "./page-cache.server.ts";

/** Pages that show the same to every visitor of a language; kept for a second while nobody is signed in. */
const SHARED = /^\/(board|map|numbers|groups(\/[\w-]+)?|p\/\w+)?$/;

/** Hands a request to Remix and its answer back to Node. The body was read before, within its limit. */
export function remixPages(build: ServerBuild, services: Services): RequestHandler {
  everyRouteDeclares(build);
  const handle = createRequestHandler(build, "production");
  const cache = makePageCache();

  return async (req, res, next) => {
    try {
      const request = toWebRequest(req, services.env.PUBLIC_URL);
      const url = new URL(request.url);
      const shared = req.method === "GET" && SHARED.test(url.pathname) && !readCookie(services.env, request, "sid");
      const render = async () => {
        const context = { services, nonce: randomBytes(16).toString("base64"), peer: String(res.locals["peer"] ?? "") };
        return toPage(await handle(request, context), shared);
      };
      const encoding = bestEncoding(req.headers["accept-encoding"]);
      const key = `${localeOf(services.env, request)} ${url.host} ${url.pathname}${url.search}`;
      const page =
        shared && !url.searchParams.has("_data")
          ? await cache(key, encoding, render)
          : await compressed(await render(), encoding);
      send(res, page, services, req.method === "HEAD");
    } catch (error) {
      next(error);
    }
  };
}

/** Without an abort signal: a shared page must not fail for everybody because the first who asked hung up. */
function toWebRequest(req: ExpressRequest, publicUrl: string): Request {
  const url = new URL(req.originalUrl, `${new URL(publicUrl).protocol}//${req.headers.host}`);
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const hasBody = req.method !== "GET" && req.method !== "HEAD" && Buffer.isBuffer(req.body);
  return new Request(url, { method: req.method, headers, ...(hasBody ? { body: req.body } : {}) });
}

async function toPage(response: Response, shared: boolean): Promise<Page> {
  const headers = [...response.headers].filter(([name]) => name !== "content-length");
  if (!response.headers.has("cache-control"))
    headers.push(["Cache-Control", shared ? "private, no-cache" : "no-store"]);
  headers.push(["Vary", "Accept-Encoding, Accept-Language, Cookie"]);
  return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
}

function send(res: ExpressResponse, page: Page, services: Services, headOnly: boolean): void {
  if (res.headersSent) return;
  res.status(page.status);
  for (const [name, value] of everyHeader(services.env)) res.setHeader(name, value);
  for (const [name, value] of page.headers) {
    if (name.toLowerCase() === "set-cookie") res.append(name, value);
    else res.setHeader(name, value);
  }
  res.setHeader("Content-Length", page.body.length);
  res.end(headOnly ? undefined : page.body);
}
