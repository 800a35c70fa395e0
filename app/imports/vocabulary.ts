import type { PostKind, Urgency, Visibility } from "#app/posts/post.ts";

/** The words cells of spreadsheets are filled with, in our languages; they are compared folded. */
const ASKED = ["need", "needs", "request", "ask", "necesidad", "pedido", "necesita", "احتياج", "طلب"];
export const KINDS: Record<PostKind, string[]> = {
  need: ASKED,
  offer: ["offer", "offers", "offering", "give", "oferta", "ofrece", "donacion", "donation", "عرض"],
};
export const URGENCIES: Record<Urgency, string[]> = {
  urgent: [
    "urgent",
    "high",
    "asap",
    "now",
    "today",
    "yes",
    "y",
    "1",
    "emergency",
    "critical",
    "urgente",
    "alta",
    "ya",
    "hoy",
    "si",
    "عاجل",
    "مستعجل",
    "نعم",
  ],
  soon: ["soon", "medium", "2", "this week", "pronto", "media", "esta semana", "قريبا", "متوسط"],
  normal: ["normal", "low", "no", "n", "3", "whenever", "can wait", "baja", "puede esperar", "عادي", "لا"],
};
export const SEEN_BY: Record<Visibility, string[]> = {
  everyone: ["everyone", "everybody", "public", "todos", "publico", "الجميع"],
  volunteers: ["volunteers", "members", "voluntarios", "voluntarias", "المتطوعون"],
  team: ["team", "coordinators", "private", "equipo", "الفريق"],
};
/** What a status says of what is no longer wanted. */
export const OVER = [
  "closed",
  "done",
  "complete",
  "completed",
  "fulfilled",
  "declined",
  "withdrawn",
  "expired",
  "cancelled",
  "canceled",
  "cerrado",
  "cerrada",
  "hecho",
  "hecha",
  "cumplido",
  "cancelado",
  "yes",
  "si",
  "مغلق",
  "تم",
];
export const LANGUAGES: Record<string, string[]> = {
  en: ["english", "ingles", "الإنجليزية", "إنجليزي"],
  es: ["spanish", "espanol", "castellano", "الإسبانية"],
  ar: ["arabic", "arabe", "العربية", "عربي"],
  fr: ["french", "frances"],
  ht: ["haitian creole", "creole", "kreyol"],
  zh: ["chinese", "mandarin", "cantonese", "chino"],
  vi: ["vietnamese"],
  ru: ["russian", "ruso"],
  pt: ["portuguese", "portugues"],
  so: ["somali"],
};
