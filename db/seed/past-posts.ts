import { claim, need, offer, type PostSpec } from "./post-spec.ts";

const DAY = 24;

/** What is behind the neighbourhood: four weeks of needs met, a few taken back, a few that nobody reached in time. */
export const PAST_POSTS: PostSpec[] = [
  need("kitchen/hot-meals", "walt", 35, "Dinner for the riverside camp", 2 * DAY, "river", {
    closed: "fulfilled",
    claims: [claim("lee", 20, "confirmed", 1), claim("carmen", 15, "confirmed", 3)],
  }),
  need("kitchen/hot-meals", "esther", 24, "Breakfast for the school gym", 4 * DAY, "gym", {
    closed: "fulfilled",
    claims: [claim("theo", 24, "confirmed", 2)],
  }),
  need("kitchen/hot-meals", "huda", 6, "عشاء لستة أشخاص", 6 * DAY, "hall", {
    closed: "fulfilled",
    languages: ["ar"],
    claims: [claim("fatima", 6, "confirmed", 1)],
  }),
  need("kitchen/groceries", "ana", 1, "Despensa para la semana", 9 * DAY, "park", {
    closed: "met_for_now",
    languages: ["es"],
    claims: [claim("diego", 1, "confirmed", 5)],
  }),
  need("kitchen/groceries", "abe", 1, "A bag of groceries, no stairs please", 12 * DAY, "harbor", {
    closed: "fulfilled",
    claims: [claim("gus", 1, "released", 2), claim("beto", 1, "confirmed", 9)],
  }),
  need("kitchen/water", "esther", 72, "Water for the gym", 8 * DAY, "gym", {
    closed: "fulfilled",
    claims: [claim("gus", 72, "confirmed", 4)],
  }),
  need("kitchen/kitchen-help", "rosa", 4, "Two cooks and two washers", 15 * DAY, "hall", {
    closed: "fulfilled",
    claims: [claim("paolo", 2, "confirmed", 8), claim("carmen", 2, "confirmed", 11)],
  }),
  need("comfort/blankets", "layla", 6, "بطانيات لعائلة وصلت اليوم", 5 * DAY, "gate", {
    closed: "fulfilled",
    languages: ["ar"],
    urgency: "urgent",
    claims: [claim("omar", 6, "confirmed", 1)],
  }),
  need("comfort/blankets", "bea", 10, "Blankets for the overflow tents", 10 * DAY, "river", {
    closed: "fulfilled",
    claims: [claim("dee", 6, "confirmed", 3), claim("greta", 4, "confirmed", 7)],
  }),
  need("comfort/clothes", "otis", 2, "Work boots, size 11", 20 * DAY, "mill", { closed: "expired" }),
  need("comfort/tents", "walt", 3, "Tarps before the storm", 11 * DAY, "river", {
    closed: "fulfilled",
    urgency: "urgent",
    claims: [claim("greta", 3, "confirmed", 2)],
  }),
  need("comfort/baby", "marta", 1, "Cuna portátil", 18 * DAY, "depot", {
    closed: "fulfilled",
    languages: ["es"],
    claims: [claim("sol", 1, "confirmed", 26)],
  }),
  need("comfort/hygiene", "esther", 30, "Soap and toothbrushes for the gym", 14 * DAY, "gym", {
    closed: "fulfilled",
    claims: [claim("dee", 30, "confirmed", 14)],
  }),
  need("medics/medicine", "abe", 1, "Insulin from the pharmacy", 7 * DAY, "harbor", {
    closed: "fulfilled",
    urgency: "urgent",
    visibility: "volunteers",
    claims: [claim("ruth", 1, "confirmed", 1)],
  }),
  need("medics/check-ins", "june", 2, "Check on a neighbor after surgery", 13 * DAY, "mill", {
    closed: "fulfilled",
    visibility: "volunteers",
    claims: [claim("priya", 2, "confirmed", 6)],
  }),
  need("medics/first-aid", "esther", 2, "First aid kits for the gym", 22 * DAY, "gym", {
    closed: "fulfilled",
    visibility: "volunteers",
    claims: [claim("samir", 2, "confirmed", 20)],
  }),
  need("library/homework", "huda", 4, "مساعدة في اللغة الإنجليزية", 16 * DAY, "library", {
    closed: "fulfilled",
    languages: ["ar"],
    claims: [claim("fatima", 4, "confirmed", 30)],
  }),
  need("library/papers", "lupe", 2, "Leer una carta del seguro", 9 * DAY, "library", {
    closed: "fulfilled",
    languages: ["es"],
    claims: [claim("fatima", 2, "confirmed", 12)],
  }),
  need("library/books", "june", 1, "A crossword book, large print", 25 * DAY, "mill", { closed: "withdrawn" }),
  need("tech-ops/charging", "bea", 14, "Charge phones after the outage", 6 * DAY, "hall", {
    closed: "fulfilled",
    urgency: "soon",
    claims: [claim("kofi", 14, "confirmed", 2)],
  }),
  need("tech-ops/repairs", "esther", 1, "Internet at the gym is down", 5 * DAY, "gym", {
    closed: "fulfilled",
    claims: [claim("ivy", 1, "confirmed", 4)],
  }),
  need("tech-ops/devices", "layla", 1, "هاتف بسيط للطوارئ", 19 * DAY, "gate", { closed: "expired", languages: ["ar"] }),
  need("rides/rides", "abe", 1, "Ride home from the clinic", 3 * DAY, "harbor", {
    closed: "fulfilled",
    visibility: "volunteers",
    claims: [claim("hank", 1, "confirmed", 2)],
  }),
  need("rides/rides", "lupe", 2, "Viaje a la clínica con mi hija", 10 * DAY, "harbor", {
    closed: "fulfilled",
    languages: ["es"],
    claims: [claim("diego", 2, "lapsed", 1), claim("cruz", 2, "confirmed", 14)],
  }),
  need("rides/moving", "otis", 2, "Move a fridge to the hall", 21 * DAY, "hall", {
    closed: "fulfilled",
    claims: [claim("hank", 2, "confirmed", 33)],
  }),
  offer("kitchen/hot-meals", "theo", 20, "Chili, twenty bowls", 6 * DAY, "hall", {
    closed: "fulfilled",
    claims: [claim("bea", 20, "confirmed", 2)],
  }),
  offer("rides/deliveries", "gus", 2, "Pickup truck for a day", 9 * DAY, "depot", { closed: "expired" }),
];
