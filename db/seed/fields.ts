import type { CategoryField } from "../../app/groups/category-field.ts";

type Words = [en: string, es: string, ar: string];

const named = ([label, es, ar]: Words) => ({ label, translations: { es: { label: es }, ar: { label: ar } } });

const field = (
  key: string,
  weighs: CategoryField["weighs"],
  words: Words,
  options: Record<string, Words>,
  several = true,
): CategoryField => ({
  key,
  ...named(words),
  weighs,
  several,
  options: Object.entries(options).map(([option, label]) => ({ key: option, ...named(label) })),
});

const DIET = field("diet", "must", ["Diet", "Dieta", "النظام الغذائي"], {
  halal: ["Halal", "Halal", "حلال"],
  kosher: ["Kosher", "Kósher", "كوشر"],
  "no-pork": ["Without pork", "Sin cerdo", "بلا لحم خنزير"],
  vegetarian: ["Vegetarian", "Vegetariana", "نباتي"],
  vegan: ["Vegan", "Vegana", "نباتي صرف"],
  "no-nuts": ["Without nuts", "Sin frutos secos", "بلا مكسرات"],
  "no-gluten": ["Without gluten", "Sin gluten", "بلا غلوتين"],
  "low-salt": ["Low in salt", "Con poca sal", "قليل الملح"],
});

const CLOTHES_SIZE = field("size", "wish", ["Size", "Talla", "المقاس"], {
  "child-small": ["Children, 2 to 6", "Niñas y niños, 2 a 6", "أطفال، 2 إلى 6"],
  child: ["Children, 8 to 14", "Niñas y niños, 8 a 14", "أطفال، 8 إلى 14"],
  small: ["Grown-ups, small", "Personas adultas, chica", "كبار، صغير"],
  medium: ["Grown-ups, medium", "Personas adultas, mediana", "كبار، متوسط"],
  large: ["Grown-ups, large", "Personas adultas, grande", "كبار، كبير"],
  "extra-large": ["Grown-ups, extra large", "Personas adultas, extra grande", "كبار، كبير جدًا"],
});

const DIAPER_SIZE = field("diapers", "wish", ["Diaper size", "Talla de pañal", "مقاس الحفاض"], {
  "one-two": ["1 or 2", "1 o 2", "1 أو 2"],
  "three-four": ["3 or 4", "3 o 4", "3 أو 4"],
  "five-six": ["5 or 6", "5 o 6", "5 أو 6"],
});

const CARE_SKILL = field("skill", "must", ["Skill", "Formación", "المهارة"], {
  "first-aid": ["First aid", "Primeros auxilios", "إسعاف أولي"],
  nursing: ["Nursing", "Enfermería", "تمريض"],
  listening: ["Listening in a hard time", "Escuchar en un mal momento", "الإصغاء في وقت صعب"],
});

const TECH_SKILL = field("skill", "must", ["Skill", "Especialidad", "المهارة"], {
  phones: ["Phones", "Teléfonos", "هواتف"],
  computers: ["Computers", "Computadoras", "حواسيب"],
  radios: ["Radios", "Radios", "أجهزة لاسلكي"],
  machines: ["Machines and generators", "Máquinas y generadores", "آلات ومولّدات"],
  internet: ["Internet at home", "Internet en casa", "الإنترنت في البيت"],
});

const SUBJECT = field("subject", "must", ["Subject", "Materia", "المادة"], {
  math: ["Math", "Matemáticas", "رياضيات"],
  reading: ["Reading and writing", "Lectura y escritura", "قراءة وكتابة"],
  science: ["Science", "Ciencias", "علوم"],
  english: ["English", "Inglés", "إنجليزية"],
});

const ACCESS = field("access", "must", ["Needed on board", "Hace falta a bordo", "ما يلزم في السيارة"], {
  wheelchair: ["Room for a wheelchair", "Lugar para una silla de ruedas", "مكان لكرسي متحرك"],
  "child-seat": ["A child seat", "Una silla infantil", "مقعد طفل"],
  dog: ["Room for a dog", "Lugar para un perro", "مكان لكلب"],
});

/** What the categories of the demo ask beside how many, by `group/category`. */
export const FIELDS: Record<string, CategoryField[]> = {
  "kitchen/hot-meals": [DIET],
  "kitchen/groceries": [DIET],
  "comfort/clothes": [CLOTHES_SIZE],
  "comfort/baby": [DIAPER_SIZE],
  "medics/check-ins": [CARE_SKILL],
  "library/homework": [SUBJECT],
  "tech-ops/repairs": [TECH_SKILL],
  "rides/rides": [ACCESS],
};

/** What can serve what beside its own kind: the need, the offer, how well. */
export const FITS: [need: string, offer: string, fit: "well" | "partly"][] = [
  ["kitchen/hot-meals", "kitchen/groceries", "partly"],
  ["kitchen/groceries", "kitchen/hot-meals", "partly"],
  ["comfort/blankets", "comfort/clothes", "partly"],
  ["comfort/tents", "comfort/blankets", "partly"],
  ["medics/first-aid", "comfort/hygiene", "partly"],
  ["medics/medicine", "rides/deliveries", "well"],
  ["tech-ops/charging", "tech-ops/devices", "partly"],
  ["rides/deliveries", "rides/rides", "partly"],
  ["rides/moving", "rides/deliveries", "partly"],
];
