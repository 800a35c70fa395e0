import { MAGIC_FROM, MAGIC_REPORT, MAGIC_TO, type Faults } from "./message.ts";
import { personaOf } from "./personas.ts";

const LANDLINE = 30006;

/** The code the API answers with before it takes a message; null where it takes it. */
export function refusalOf(form: URLSearchParams, faults: Faults, optedOut: ReadonlySet<string>): number | null {
  const [to, from] = [form.get("To") ?? "", form.get("From") ?? ""];
  if (!to) return 21604;
  if (!from && !form.get("MessagingServiceSid")) return 21603;
  if (!form.get("Body") && !form.get("MediaUrl")) return 21602;
  if ((form.get("Body") ?? "").length > 1600) return 21617;
  if (!/^\+[1-9]\d{4,14}$/.test(to)) return 21211;
  return MAGIC_FROM[from] ?? MAGIC_TO[to] ?? (optedOut.has(to) ? 21610 : faults.refuse || null);
}

/** What becomes of a message to this number in the end, and why. */
export function fateOf(to: string, faults: Faults): { status: string; code: number | null } {
  const magic = MAGIC_REPORT[to];
  if (magic) return magic;
  if (personaOf(to)?.device === "landline") return { status: "undelivered", code: LANDLINE };
  return faults.fate === "undelivered"
    ? { status: "undelivered", code: faults.fateCode }
    : { status: "delivered", code: null };
}
