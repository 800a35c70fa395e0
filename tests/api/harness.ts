import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import { handleApi } from "#app/api/handle-api.server.ts";
import type { ApiServices } from "#app/api/services.ts";
import { makeApiToken } from "#app/people/make-api-token.server.ts";
import { testCtx } from "#tests/setup/context.ts";

export const PUBLIC_URL = "http://localhost:3000";
const { db, seal, log } = testCtx();
export const services: ApiServices = { env: { PUBLIC_URL, RATE_LIMITS: "off" }, db, seal, log };

type Json = Record<string, unknown>;
type Described = {
  responses: Record<string, { description: string; content: Record<string, unknown> }>;
  requestBody?: { content: Record<string, unknown> };
};

const served = await handleApi(new Request(`${PUBLIC_URL}/api/openapi.json`), services);
/** The document as the server hands it out: what every answer in these tests is held against. */
export const document = (await served.json()) as {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Json> };
};

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
addFormats.default(ajv);
ajv.addVocabulary(["openapi", "info", "servers", "paths", "components"]);
ajv.addSchema({ $id: "https://api.test/openapi.json", ...document });

/** Checks a value against the part of the document at this JSON Pointer. */
export function expectShape(pointer: string[], value: unknown): void {
  const path = pointer.map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
  const reference = `https://api.test/openapi.json#/${path}`;
  const validate = ajv.getSchema(reference) ?? ajv.compile({ $ref: reference });
  expect(validate(value) ? [] : validate.errors, `${pointer.join(" ")} in ${JSON.stringify(value)}`).toEqual([]);
}

/** `GET /groups 200`, `GET /me 401 <type>`: every answer that some test has seen. */
export const seen = new Set<string>();

export type Call = {
  token?: string | undefined;
  body?: unknown;
  raw?: string | Uint8Array;
  headers?: Record<string, string>;
  services?: Partial<ApiServices>;
  address?: string;
};
export type Answer = { status: number; headers: Headers; body: any }; // eslint-disable-line typescript/no-explicit-any

/**
 * Sends a request and holds what comes back against the document.
 *
 * @param operation method and path as in the document: `POST /posts/{code}/claims`
 * @param path with values and query: `/posts/4F2K/claims?x=y`
 */
export async function call(operation: string, path: string, given: Call = {}): Promise<Answer> {
  const [method = "", template = ""] = operation.split(" ");
  const response = await send(method, path, given);
  const text = await response.text();
  const body: unknown = text === "" ? null : JSON.parse(text);
  const described = document.paths[template]?.[method.toLowerCase()];
  if (!described) throw new Error(`${operation} is not in the document`);
  const { status, headers } = response;
  const type = headers.get("content-type") ?? "";
  const at = ["paths", template, method.toLowerCase()];
  expect(Object.keys(described.responses), `${operation} ${status} ${text}`).toContain(String(status));
  expect(Object.keys(described.responses[status]!.content)).toEqual([type]);
  expectShape([...at, "responses", String(status), "content", type, "schema"], body);
  if (status < 400 && given.body !== undefined) {
    expectShape([...at, "requestBody", "content", "application/json", "schema"], given.body);
  }
  if (status >= 400) {
    expectProblem(response, body as Json);
    const { type: kind } = body as { type: string };
    expect(described.responses[status]!.description.split(" · "), `${operation} ${status}`).toContain(kind);
    seen.add(`${operation} ${status} ${kind}`);
  } else seen.add(`${operation} ${status}`);
  return { status, headers, body };
}

export function send(method: string, path: string, { token, body, raw, headers = {}, ...given }: Call = {}) {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const request = new Request(path.startsWith("/api/") ? PUBLIC_URL + path : `${PUBLIC_URL}/api/v1${path}`, {
    method,
    headers: {
      ...(sent === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent as string }),
  });
  return handleApi(request, { ...services, ...given.services }, given.address ?? "203.0.113.9");
}

/** What every error owes its reader, whatever the document says. */
export function expectProblem(response: Response, body: Json): void {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expectShape(["components", "schemas", "Problem"], body);
  expect(body["status"]).toBe(response.status);
  expect(body["type"]).toMatch(/^http:\/\/localhost:3000\/problems\/[a-z-]+$/);
  expect(body["detail"]).not.toMatch(/^problem\.|\{/);
  if (response.status === 401) expect(response.headers.get("www-authenticate")).toMatch(/^Bearer /);
  if (response.status === 429 || response.status === 503) {
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  }
}

/** The last part of a problem's type. */
export const kindOf = ({ body }: Answer): string => String(body.type).split("/").at(-1)!;
export const aToken = (person: { id: string }): Promise<string> => makeApiToken(testCtx(), person.id);
