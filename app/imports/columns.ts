import { foldWords } from "#app/sms/fold.ts";
import { KINDS } from "./vocabulary.ts";
import type { Table } from "./read-table.ts";

/** What a column can be; the same names as in our own files. */
export const FIELDS = [
  "title",
  "details",
  "kind",
  "group",
  "category",
  "quantity",
  "urgency",
  "window_start",
  "window_end",
  "created_at",
  "place",
  "lat",
  "lng",
  "name",
  "phone",
  "email",
  "address",
  "private_note",
  "visibility",
  "languages",
  "locale",
  "answers",
  "status",
] as const;
export type ImportField = (typeof FIELDS)[number];
/** The field of each column, `""` where it is left out; no field twice. */
export type Mapping = (ImportField | "")[];

/** Fields whose cells people merge over several lines, so that an empty cell means the one above; an empty date means no date. */
export const MERGED = ["kind", "category", "place"] as const satisfies ImportField[];

/** How headings of spreadsheets call them, folded; the first words a heading begins with count as well. */
const CALLED: Record<ImportField, string[]> = {
  title: [
    "title",
    "what",
    "what is needed",
    "what do you need",
    "need",
    "item",
    "items",
    "request",
    "requested",
    "description of need",
    "titulo",
    "que",
    "que necesita",
    "que hace falta",
    "necesidad",
    "articulo",
    "pedido",
    "العنوان",
    "ماذا",
    "المطلوب",
    "الاحتياج",
  ],
  details: [
    "details",
    "detail",
    "description",
    "more",
    "notes",
    "comments",
    "detalles",
    "descripcion",
    "notas",
    "comentarios",
    "تفاصيل",
    "ملاحظات",
  ],
  kind: ["kind", "type", "need or offer", "need offer", "tipo", "نوع", "النوع"],
  group: ["group", "working group", "grupo", "مجموعة"],
  category: ["category", "kind of thing", "categoria", "rubro", "فئة", "الفئة"],
  quantity: [
    "quantity",
    "qty",
    "how many",
    "amount",
    "number",
    "count",
    "no of people",
    "number of people",
    "people",
    "cantidad",
    "cuantos",
    "cuantas",
    "numero",
    "personas",
    "العدد",
    "الكمية",
    "كم",
  ],
  urgency: ["urgency", "urgent", "priority", "urgencia", "urgente", "prioridad", "مستعجل", "الأولوية"],
  window_start: ["window start", "from", "start", "available from", "starts", "desde", "inicio", "من"],
  window_end: [
    "window end",
    "needed by",
    "need by",
    "by when",
    "deadline",
    "due",
    "due date",
    "until",
    "when",
    "para cuando",
    "fecha limite",
    "hasta",
    "cuando",
    "متى",
    "حتى",
    "الموعد",
  ],
  created_at: [
    "created at",
    "created",
    "timestamp",
    "date",
    "date of request",
    "submitted",
    "received",
    "fecha",
    "marca temporal",
    "recibido",
    "التاريخ",
  ],
  place: [
    "place",
    "area",
    "neighborhood",
    "neighbourhood",
    "location",
    "where",
    "zone",
    "lugar",
    "barrio",
    "zona",
    "donde",
    "ubicacion",
    "المكان",
    "الحي",
    "أين",
  ],
  lat: ["lat", "latitude", "latitud"],
  lng: ["lng", "lon", "long", "longitude", "longitud"],
  name: [
    "name",
    "full name",
    "first name",
    "contact",
    "contact name",
    "who",
    "requester",
    "nombre",
    "quien",
    "contacto",
    "الاسم",
    "اسم",
  ],
  phone: [
    "phone",
    "phone number",
    "telephone",
    "tel",
    "mobile",
    "cell",
    "number to call",
    "whatsapp",
    "telefono",
    "celular",
    "movil",
    "هاتف",
    "الهاتف",
    "رقم الهاتف",
    "جوال",
  ],
  email: ["email", "e mail", "mail", "correo", "correo electronico", "البريد", "بريد"],
  address: [
    "address",
    "street",
    "street address",
    "delivery address",
    "direccion",
    "domicilio",
    "calle",
    "العنوان بالتفصيل",
    "عنوان السكن",
  ],
  private_note: [
    "private note",
    "private",
    "private notes",
    "internal",
    "internal notes",
    "nota privada",
    "privado",
    "interno",
    "ملاحظة خاصة",
  ],
  visibility: ["visibility", "who sees it", "visible to", "visibilidad", "من يراه"],
  languages: ["languages", "language", "speaks", "idiomas", "idioma", "habla", "اللغات", "اللغة"],
  locale: ["locale", "texts in"],
  answers: ["answers"],
  status: ["status", "state", "done", "completed", "fulfilled", "estado", "hecho", "الحالة"],
};

/** What a heading says: its very words, or the first of them; 3, 2 or 0. */
function likeness(heading: string, field: ImportField): number {
  const words = foldWords(heading.replaceAll("_", " "));
  if (words === "") return 0;
  if (CALLED[field].some((name) => foldWords(name) === words)) return 3;
  return CALLED[field].some((name) => words.startsWith(`${foldWords(name)} `) || words.endsWith(` ${foldWords(name)}`))
    ? 2
    : 0;
}

/** Which column is what, by the words of the heading, the surest first, and each field once; a column of phone numbers shows by its cells. PURE. */
export function guessMapping({ header, rows }: Table): Mapping {
  const cellsOf = (column: number) => rows.slice(0, 50).map(({ cells }) => cells[column] ?? "");
  const sure = header.flatMap((heading, column) =>
    FIELDS.map((field) => ({ column, field, likeness: likeness(heading, field) })),
  );
  const mapping: Mapping = header.map(() => "");
  const taken = new Set<ImportField>();
  const take = (column: number, field: ImportField) => {
    if (mapping[column] !== "" || taken.has(field)) return;
    mapping[column] = field;
    taken.add(field);
  };
  const takeAll = (how: number) =>
    sure.filter((found) => found.likeness === how).forEach(({ column, field }) => take(column, field));
  header.forEach((heading, column) => {
    if (likeness(heading, "kind") > 0 && !saysKinds(cellsOf(column))) take(column, "category");
  });
  takeAll(3);
  header.forEach((_, column) => looksLikePhones(cellsOf(column)) && take(column, "phone"));
  takeAll(2);
  if (!taken.has("title") && !taken.has("category")) {
    const details = mapping.indexOf("details");
    if (details >= 0) mapping[details] = "title";
  }
  return mapping;
}

/** "Kind" may head needs and offers, or kinds of things. */
function saysKinds(cells: readonly string[]): boolean {
  const words = new Set(Object.values(KINDS).flat().map(foldWords));
  const filled = cells.filter((cell) => cell !== "");
  return filled.filter((cell) => words.has(foldWords(cell))).length >= filled.length / 2;
}

function looksLikePhones(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== "");
  const like = filled.filter((cell) => /^[+(]?[\d٠-٩۰-۹][\d٠-٩۰-۹\s().-]{7,18}$/.test(cell));
  return filled.length >= 2 && like.length >= filled.length * 0.6;
}

/** Merged cells: the first line has a value and many below are empty. PURE. */
export const looksMerged = (cells: readonly string[]): boolean =>
  cells.length >= 4 && cells[0] !== "" && cells.filter((cell) => cell === "").length >= cells.length * 0.3;
