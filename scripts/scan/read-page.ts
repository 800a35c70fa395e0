/** What a page lets somebody ask for next. */
export type Form = { method: "GET" | "POST"; action: string | null; fields: [name: string, value: string][] };

type Attributes = Record<string, string | undefined>;
type Field = { name: string; value: string };
type Open = { method: Form["method"]; action: string | null; fields: Field[]; buttons: [string, string][] };

const TAG = /<(\/?)(form|input|select|option|textarea|button)\b((?:[^>"]|"[^"]*")*)>/g;
const ATTRIBUTE = /([\w-]+)(?:="([^"]*)")?/g;
const ENTITIES: Record<string, string> = { "&amp;": "&", "&quot;": '"', "&#x27;": "'", "&lt;": "<", "&gt;": ">" };

/** Addresses of links in HTML as React writes it. */
export function readLinks(html: string): string[] {
  return [...html.matchAll(/<a\b[^>]*? href="([^"]*)"/g)].map(([, address]) => decode(address!));
}

/**
 * The forms in HTML as React writes it, filled in: once for each of their buttons that says something. Of radio buttons
 * and of options the chosen one is taken, else the first.
 */
export function readForms(html: string): Form[] {
  const forms: Form[] = [];
  let open: Open | null = null;
  let select: { name: string; value: string | null } | null = null;
  for (const match of html.matchAll(TAG)) {
    const [all, slash, tag, rest] = match as unknown as [string, string, string, string];
    const is = attributesOf(rest);
    if (tag === "form") {
      if (slash && open) forms.push(...finished(open));
      open = slash ? null : { ...addressOf(is), fields: [], buttons: [] };
    } else if (!open) continue;
    else if (tag === "select") {
      if (slash && select) open.fields.push({ name: select.name, value: select.value ?? "" });
      select = slash || !is["name"] ? null : { name: is["name"], value: null };
    } else if (tag === "option" && select && !slash) {
      if ("selected" in is || !select.value) select.value = is["value"] ?? "";
    } else if (!slash && is["name"] && !("disabled" in is)) {
      if (tag === "button") open.buttons.push([is["name"], is["value"] ?? ""]);
      if (tag === "input") addInput(open.fields, is["name"], is);
      if (tag === "textarea") open.fields.push({ name: is["name"], value: wordsAfter(html, match.index + all.length) });
    }
  }
  return forms;
}

const addressOf = (is: Attributes): Pick<Open, "method" | "action"> => ({
  method: is["method"]?.toLowerCase() === "post" ? "POST" : "GET",
  action: is["action"] ?? null,
});

function addInput(fields: Field[], name: string, is: Attributes): void {
  const type = is["type"] ?? "text";
  if (type === "file") return;
  const value = is["value"] ?? (type === "checkbox" || type === "radio" ? "on" : "");
  const before = fields.find((field) => field.name === name);
  if (type === "radio" && before) {
    if ("checked" in is) before.value = value;
  } else fields.push({ name, value });
}

/** As sent by each of its buttons; one without a word of its own is enough where none says anything. */
function finished({ method, action, fields, buttons }: Open): Form[] {
  const filled = fields.map(({ name, value }): [string, string] => [name, value || sampleOf(name)]);
  if (buttons.length === 0) return [{ method, action, fields: filled }];
  return buttons.map((button) => ({ method, action, fields: [...filled, button] }));
}

const wordsAfter = (html: string, from: number) => decode(html.slice(from, html.indexOf("<", from)));
const decode = (text: string) => text.replace(/&(?:amp|quot|#x27|lt|gt);/g, (entity) => ENTITIES[entity]!);

function attributesOf(text: string): Attributes {
  return Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map(([, name, value]) => [name!.toLowerCase(), decode(value ?? "")]),
  );
}

const SAMPLES: Record<string, string> = {
  quantity: "1",
  phone: "+15550107299",
  email: "sam@example.org",
  code: "123456",
  near: "40.69,-73.93",
  within_km: "5",
  from: "2026-01-01",
  to: "2026-12-31",
  limit: "10",
  lat: "40.69",
  lng: "-73.93",
  group: "kitchen",
  category: "hot-meals",
};

/** Something that a field of this name may well hold. */
export const sampleOf = (name: string): string => SAMPLES[name] ?? "Soup";
