import { z } from "zod";
import { statusOf, type ProblemKind } from "#app/core/problems.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.server.ts";
import { problemType } from "./problem-response.server.ts";
import { shapes } from "./shapes.ts";

type Json = Record<string, unknown>;

const kept = new Map<string, string>();

/** The document as it is served, made once for each public address. */
export function openApiJson(publicUrl: string): string {
  const json = kept.get(publicUrl) ?? JSON.stringify(openApiDocument(publicUrl));
  kept.set(publicUrl, json);
  return json;
}

/** The OpenAPI 3.1 document of the API, from the schemas that parse its requests. */
export function openApiDocument(publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const op of operations) {
    paths[op.path] = { ...paths[op.path], [op.method.toLowerCase()]: describeOperation(op, publicUrl) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Manyhands", version: "1", description: ABOUT, license: { name: "MIT" } },
    servers: [{ url: `${publicUrl}/api/v1` }],
    paths,
    components: { schemas: components(), securitySchemes: SECURITY },
  };
}

const ABOUT = `What a neighbourhood needs and can give, and who promised what.

Times are ISO 8601 with an offset, quantities whole numbers from 1, phone numbers in answers E.164.
Sign in with an API token (\`Authorization: Bearer\`) or, from our own pages, with the session cookie; what needs neither says so.
Lists answer \`{ items, next_cursor }\`: give \`next_cursor\` back as \`cursor\`.
\`Idempotency-Key\` makes a POST safe to repeat: the same key and body have the same effect once, another body is refused.
Fields and parameters that are not in this document are refused with 422, so that a misspelt one is never lost in silence.
Words in answers are in the language of \`Accept-Language\` (en, es, ar).
Errors are \`application/problem+json\` (RFC 9457). An address that does not exist answers 404, a method that it does not have 405 with \`Allow\`.`;

const SECURITY = {
  token: {
    type: "http",
    scheme: "bearer",
    description: "An API token; `npm run person -- --phone … --token` makes one",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "sid",
    description: "A signed-in browser (`__Host-sid` behind https)",
  },
};

function describeOperation(op: Operation, publicUrl: string): Json {
  return {
    operationId: op.id,
    summary: op.summary,
    ...(op.description ? { description: op.description } : {}),
    security: [...(op.auth === "optional" ? [{}] : []), { token: [] }, { session: [] }],
    parameters: [
      ...parametersOf(op.params, "path"),
      ...parametersOf(op.query, "query"),
      LANGUAGE,
      ...(op.takesIdempotencyKey ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(op.body ? { requestBody: requestBody(op.body) } : {}),
    responses: { ...answersOf(op), ...problemsOf(op, publicUrl) },
  };
}

const LANGUAGE = {
  name: "Accept-Language",
  in: "header",
  description: "Language of words and sentences in the answer",
  schema: { type: "string" },
};
const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  description: "Makes the request safe to repeat. Use something nobody else will think of, such as a UUID.",
  schema: { type: "string", minLength: 1, maxLength: 200, pattern: "^[\\x21-\\x7e]+$" },
};

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, "input");
  return Object.entries(properties as Record<string, Json>).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: place === "path" || (required as string[]).includes(name),
    ...(description ? { description } : {}),
    schema: property,
  }));
}

function requestBody(schema: z.ZodType): Json {
  const json = jsonSchema(schema, "input");
  const required = ((json["required"] as string[] | undefined) ?? []).length > 0;
  return { required, content: { "application/json": { schema: json } } };
}

const reference = (schema: z.ZodType) => ({ $ref: `#/components/schemas/${shapes.get(schema)!.id}` });

function answersOf(op: Operation): Json {
  const entries = Object.entries(op.answers).map(([status, schema]) => {
    const headers = { "Content-Language": { schema: { type: "string" } } };
    const location = status === "201" ? { Location: { schema: { type: "string", format: "uri" } } } : {};
    const content = { "application/json": { schema: reference(schema) } };
    const description = shapes.get(schema)?.description ?? "";
    return [status, { description, headers: { ...headers, ...location }, content }];
  });
  return Object.fromEntries(entries);
}

/** What the router itself may answer for this operation. */
export function routerProblems(op: Operation): ProblemKind[] {
  return [
    "sign-in-needed",
    ...(op.params ? (["not-found"] as const) : []),
    ...(op.body ? (["malformed", "too-large", "unsupported-type"] as const) : []),
    ...(op.method === "GET" ? [] : (["too-many"] as const)),
    "invalid-input",
    "unavailable",
  ];
}

function problemsOf(op: Operation, publicUrl: string): Json {
  const kinds = [...new Set([...routerProblems(op), ...op.problems])];
  const byStatus = groupByStatus(kinds);
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const responses = [...byStatus].map(([status, some]) => {
    const wait = status === 429 || status === 503 ? { "Retry-After": { schema: { type: "integer" } } } : {};
    const challenge = status === 401 ? { "WWW-Authenticate": { schema: { type: "string" } } } : {};
    const headers = { ...wait, ...challenge };
    const description = some.map((kind) => problemType(publicUrl, kind)).join(" · ");
    return [String(status), { description, headers, content }];
  });
  const otherwise = { description: "Anything else that goes wrong", content };
  return { ...Object.fromEntries(responses), default: otherwise };
}

function groupByStatus(kinds: ProblemKind[]): Map<number, ProblemKind[]> {
  const groups = new Map<number, ProblemKind[]>();
  for (const kind of kinds) groups.set(statusOf(kind), [...(groups.get(statusOf(kind)) ?? []), kind]);
  return groups;
}

function components(): Json {
  const { schemas } = z.toJSONSchema(shapes, { uri: (id) => `#/components/schemas/${id}`, io: "output", override });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, ...schema }]) => [id, schema]),
  );
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _schema, ...json } = z.toJSONSchema(schema, { io, override });
  return json;
}

/** zod writes out its whole pattern for dates and ids; the format says the same in a word. */
function override({ jsonSchema: json }: { jsonSchema: Json }): void {
  if (json["format"] === "date-time" || json["format"] === "date" || json["format"] === "uuid") delete json["pattern"];
}
