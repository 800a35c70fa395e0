import { openApiDocument } from "#app/api/openapi.server.ts";
import type { Examples } from "./examples.ts";
import { sampleOf } from "./read-page.ts";
import type { Target } from "./targets.ts";

type Schema = {
  type?: string;
  enum?: string[];
  const?: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  format?: string;
};
type Operation = {
  parameters: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: { "application/json": { schema: Schema } } };
};

/** Every operation of the API with every parameter and field that its document names. */
export function apiTargets({ values }: Examples, cookies: string): Target[] {
  const { paths } = openApiDocument("http://localhost") as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([verb, { parameters, requestBody }]) => {
      const route = `${verb.toUpperCase()} ${path}`;
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => (values[route] ?? values[name])?.[0] ?? "");
      const asked = parameters.filter((parameter) => parameter.in === "query" && parameter.name !== "cursor");
      const query = new URLSearchParams(asked.map(({ name, schema }) => [name, String(valueOf(name, schema))]));
      const schema = requestBody?.content["application/json"].schema;
      return {
        method: verb.toUpperCase() as Target["method"],
        path: `/api/v1${filled}${query.size > 0 ? `?${query}` : ""}`,
        body: schema ? { type: "application/json", text: JSON.stringify(valueOf("", schema)) } : null,
        cookies,
        route,
      };
    }),
  );
}

function valueOf(name: string, schema: Schema): unknown {
  const { type, properties, items, format } = schema;
  const anyOf = schema.anyOf?.find((one) => one.type !== "null");
  if (anyOf) return valueOf(name, anyOf);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (properties) return Object.fromEntries(Object.entries(properties).map(([key, of]) => [key, valueOf(key, of)]));
  if (type === "array") return items ? [valueOf(name, items)] : [];
  if (type === "boolean") return true;
  if (type === "integer" || type === "number") return Number(sampleOf(name)) || 1;
  if (format === "date-time") return "2026-12-01T12:00:00Z";
  return type === "object" ? {} : sampleOf(name);
}
