import { claim, need, offer, type PostSpec } from "./post-spec.ts";

/** What is on the board when the demo starts: fresh, partly covered, covered, and a few that have waited too long. */
export const OPEN_POSTS: PostSpec[] = [
  need("kitchen/hot-meals", "ana", 5, "Cena caliente para una familia de cinco", 2, "park", {
    answers: { diet: ["no-pork"] },
    urgency: "soon",
    until: 6,
    languages: ["es"],
    details: "Dos niños pequeños. Sin cerdo, por favor.",
    address: "41 Alder Lane, back door",
  }),
  need("kitchen/hot-meals", "walt", 40, "Hot dinner for the riverside camp", 5, "river", {
    urgency: "soon",
    until: 8,
    details: "About 40 people tonight. Ten of us don't eat meat. Two folding tables are here.",
    claims: [claim("lee", 15, "promised", 1), claim("carmen", 8, "on_the_way", 2), claim("dee", 5, "delivered", 2)],
  }),
  need("kitchen/groceries", "huda", 3, "مؤونة أسبوع لثلاث أسر", 20, "hall", {
    answers: { diet: ["halal"] },
    languages: ["ar"],
    details: "أرز وعدس وزيت وحليب إن أمكن.",
    claims: [claim("samir", 1, "promised", 6)],
  }),
  need("kitchen/groceries", "otis", 2, "Groceries for two, low salt", 51, "mill", {
    answers: { diet: ["low-salt"] },
    details: "Low salt because of blood pressure. Soft fruit is great.",
  }),
  need("kitchen/water", "walt", 120, "Drinking water while the main is off", 9, "river", {
    urgency: "urgent",
    until: 20,
    claims: [claim("gus", 48, "delivered", 1), claim("beto", 24, "on_the_way", 3)],
  }),
  need("kitchen/kitchen-help", "rosa", 6, "Hands to chop and pack, from 9 in the morning", 30, "hall", {
    until: 60,
    claims: [claim("theo", 1, "promised", 4), claim("paolo", 1, "promised", 9), claim("fern", 2, "promised", 20)],
  }),
  need("comfort/blankets", "esther", 12, "Blankets for the school gym tonight", 4, "gym", {
    urgency: "urgent",
    until: 9,
    claims: [claim("greta", 7, "promised", 1)],
  }),
  need("comfort/blankets", "layla", 4, "بطانيات لأربعة أطفال", 26, "gate", {
    languages: ["ar"],
    urgency: "soon",
    claims: [claim("omar", 4, "promised", 8)],
  }),
  need("comfort/clothes", "marta", 3, "Abrigos de niña, tallas 6, 8 y 10", 73, "depot", {
    languages: ["es"],
    answers: { size: ["child-small", "child"] },
  }),
  need("comfort/tents", "bea", 2, "Two tents that keep the rain out", 118, "river", {
    details: "Ours tore in the storm. Any size is fine.",
    claims: [claim("sol", 1, "released", 20)],
  }),
  need("comfort/hygiene", "june", 20, "Hygiene kits for the showers at the hall", 40, "hall", {
    claims: [claim("dee", 10, "promised", 12)],
  }),
  need("comfort/baby", "lupe", 2, "Pañales talla 4 y toallitas", 14, "harbor", {
    answers: { diapers: ["three-four"] },
    urgency: "soon",
    languages: ["es"],
    claims: [claim("sol", 2, "on_the_way", 5)],
  }),
  need("medics/medicine", "abe", 1, "Pick up a prescription before the pharmacy closes", 3, "harbor", {
    urgency: "urgent",
    until: 4,
    visibility: "volunteers",
    address: "9 Harbor Street, 3rd floor",
    note: "Ring twice, he is hard of hearing.",
  }),
  need("medics/first-aid", "walt", 5, "First aid kits for the camp", 62, "river", {
    visibility: "volunteers",
    claims: [claim("priya", 2, "promised", 10)],
  }),
  need("medics/check-ins", "june", 4, "Somebody to look in on my mother, four mornings", 33, "mill", {
    visibility: "volunteers",
    languages: ["en", "es"],
    claims: [claim("ruth", 2, "promised", 5)],
  }),
  need("library/homework", "lupe", 6, "Ayuda con matemáticas de sexto grado", 90, "library", {
    answers: { subject: ["math"] },
    languages: ["es"],
    claims: [claim("fatima", 2, "promised", 30)],
  }),
  need("library/papers", "huda", 3, "قراءة رسالة من المدرسة معي", 8, "library", {
    languages: ["ar"],
    claims: [claim("nour", 3, "promised", 2)],
  }),
  need("library/papers", "ana", 4, "Llenar el formulario de la renta", 46, "library", {
    languages: ["es"],
    visibility: "volunteers",
  }),
  need("library/books", "esther", 15, "Picture books for the gym's quiet corner", 150, "gym", {
    claims: [claim("nina", 6, "delivered", 130)],
  }),
  need("tech-ops/charging", "walt", 25, "Phone charging at the riverside camp", 7, "river", {
    urgency: "soon",
    claims: [claim("kofi", 10, "promised", 2)],
  }),
  need("tech-ops/devices", "otis", 1, "A simple phone with big buttons", 200, "mill", {
    details: "For calls only. Mine got wet.",
  }),
  need("tech-ops/repairs", "bea", 1, "Generator at the hall won't start", 11, "hall", {
    answers: { skill: ["machines"] },
    urgency: "urgent",
    claims: [claim("tomas", 1, "lapsed", 1)],
  }),
  need("rides/rides", "abe", 1, "Ride to the dialysis clinic, 7 in the morning", 28, "harbor", {
    until: 40,
    visibility: "volunteers",
    details: "I use a walker. It folds.",
  }),
  need("rides/rides", "layla", 3, "ثلاثة مقاعد إلى مركز الهجرة", 16, "gate", {
    languages: ["ar"],
    until: 30,
    claims: [claim("yusuf", 3, "promised", 4)],
  }),
  need("rides/deliveries", "rosa", 4, "Drive dinners from the hall to the river", 6, "hall", {
    urgency: "soon",
    until: 5,
    claims: [claim("hank", 1, "promised", 1), claim("cruz", 1, "promised", 2)],
  }),
  need("rides/moving", "marta", 1, "Mover un colchón tres cuadras", 96, "depot", { languages: ["es"] }),
  offer("kitchen/hot-meals", "paolo", 30, "Vegetable soup, 30 bowls, ready at 5", 4, "hall", {
    answers: { diet: ["halal", "no-pork", "vegetarian", "vegan", "no-nuts"] },
    until: 8,
    claims: [claim("esther", 12, "promised", 1)],
  }),
  offer("kitchen/groceries", "fern", 10, "Bags of rice, beans and oil", 44, "mill", {
    answers: { diet: ["halal", "no-pork", "vegetarian", "vegan", "no-gluten", "low-salt"] },
    claims: [claim("otis", 1, "delivered", 5), claim("marta", 2, "promised", 20)],
  }),
  offer("kitchen/water", "gus", 60, "Cases of water in my garage", 22, "depot"),
  offer("comfort/blankets", "greta", 18, "Wool blankets, clean and dry", 12, "gate"),
  offer("comfort/clothes", "fern", 25, "Winter coats, grown-up sizes", 130, "hall", {
    answers: { size: ["medium", "large", "extra-large"] },
    claims: [claim("bea", 2, "delivered", 110)],
  }),
  offer("comfort/baby", "sol", 6, "Leche en polvo y pañales", 36, "park", {
    languages: ["es"],
    answers: { diapers: ["three-four", "five-six"] },
  }),
  offer("library/books", "nina", 40, "Novels and cookbooks, take what you like", 220, "library", {
    claims: [claim("june", 4, "delivered", 200)],
  }),
  offer("library/homework", "ivy", 8, "Math and science help after school", 80, "library", {
    languages: ["en"],
    answers: { subject: ["math", "science"] },
  }),
  offer("tech-ops/charging", "kofi", 12, "Solar charging table, noon to dusk", 18, "park"),
  offer("tech-ops/repairs", "tomas", 5, "Arreglo teléfonos y radios", 60, "harbor", {
    languages: ["es", "en"],
    answers: { skill: ["phones", "radios"] },
  }),
  offer("rides/rides", "hank", 6, "Van with a ramp, mornings", 25, "depot", {
    answers: { access: ["wheelchair", "dog"] },
    languages: ["en"],
    claims: [claim("abe", 1, "promised", 10)],
  }),
  offer("rides/deliveries", "cruz", 3, "Bicicleta con canasta, tardes libres", 50, "harbor", { languages: ["es"] }),
];
