import { category, confidential, DAY, type SeedGroup } from "./group-spec.ts";

/** The working groups of the demo neighbourhood. */
export const GROUPS: SeedGroup[] = [
  {
    slug: "kitchen",
    name: "Kitchen",
    blurb: "We cook every day and bring hot food, groceries and water to whoever is hungry. No questions.",
    joining: "open",
    translations: {
      es: {
        name: "Cocina",
        blurb:
          "Cocinamos todos los días y llevamos comida caliente, despensa y agua a quien tenga hambre. Sin preguntas.",
      },
      ar: { name: "المطبخ", blurb: "نطبخ كل يوم ونوصل الطعام الساخن والمؤونة والماء لكل من يجوع. بلا أسئلة." },
    },
    categories: [
      category(
        "hot-meals",
        2 * DAY,
        ["Hot meals", "meals", "meal"],
        ["Comidas calientes", "comidas", "comida"],
        ["وجبات ساخنة", "وجبات", "وجبة"],
      ),
      category(
        "groceries",
        7 * DAY,
        ["Groceries", "bags", "bag"],
        ["Despensa", "bolsas", "bolsa"],
        ["مواد غذائية", "أكياس", "كيس"],
      ),
      category(
        "water",
        5 * DAY,
        ["Drinking water", "bottles", "bottle"],
        ["Agua potable", "botellas", "botella"],
        ["ماء للشرب", "قوارير", "قارورة"],
      ),
      category(
        "kitchen-help",
        7 * DAY,
        ["Help in the kitchen", "helpers", "helper"],
        ["Ayuda en la cocina", "ayudantes", "ayudante"],
        ["مساعدة في المطبخ", "مساعدين", "مساعد"],
      ),
    ],
  },
  {
    slug: "comfort",
    name: "Comfort",
    blurb: "Blankets, warm clothes, tents and the small things that make a cold night bearable.",
    joining: "open",
    translations: {
      es: {
        name: "Abrigo",
        blurb: "Cobijas, ropa de abrigo, carpas y las pequeñas cosas que hacen llevadera una noche fría.",
      },
      ar: { name: "الدفء", blurb: "بطانيات وملابس دافئة وخيام وأشياء صغيرة تجعل ليلة البرد أهون." },
    },
    categories: [
      category(
        "blankets",
        10 * DAY,
        ["Blankets", "blankets", "blanket"],
        ["Cobijas", "cobijas", "cobija"],
        ["بطانيات", "بطانيات", "بطانية"],
      ),
      category(
        "clothes",
        14 * DAY,
        ["Warm clothes", "pieces", "piece"],
        ["Ropa de abrigo", "prendas", "prenda"],
        ["ملابس دافئة", "قطع", "قطعة"],
      ),
      category(
        "tents",
        14 * DAY,
        ["Tents and tarps", "tents", "tent"],
        ["Carpas y lonas", "carpas", "carpa"],
        ["خيام وأغطية", "خيام", "خيمة"],
      ),
      category(
        "hygiene",
        14 * DAY,
        ["Hygiene kits", "kits", "kit"],
        ["Kits de higiene", "kits", "kit"],
        ["لوازم النظافة", "حقائب", "حقيبة"],
      ),
      category(
        "baby",
        10 * DAY,
        ["Baby things", "packs", "pack"],
        ["Cosas de bebé", "paquetes", "paquete"],
        ["لوازم الأطفال", "علب", "علبة"],
      ),
    ],
  },
  {
    slug: "medics",
    name: "Medics",
    blurb: "Trained neighbors for first aid, medicine pick-ups and check-in visits. In an emergency call 911 first.",
    joining: "ask",
    translations: {
      es: {
        name: "Salud",
        blurb:
          "Vecinas y vecinos con formación en primeros auxilios, recogida de medicinas y visitas. En una emergencia, llama primero al 911.",
      },
      ar: {
        name: "المسعفون",
        blurb: "جيران مدرَّبون للإسعاف الأولي وإحضار الدواء وزيارات الاطمئنان. في الطوارئ اتصل بالرقم 911 أولًا.",
      },
    },
    categories: [
      category(
        "first-aid",
        7 * DAY,
        ["First aid supplies", "kits", "kit"],
        ["Material de primeros auxilios", "botiquines", "botiquín"],
        ["لوازم الإسعاف", "حقائب", "حقيبة"],
      ),
      category(
        "medicine",
        3 * DAY,
        ["Medicine pick-up", "pick-ups", "pick-up"],
        ["Recoger medicinas", "recogidas", "recogida"],
        ["إحضار الدواء", "طلبات", "طلب"],
      ),
      category(
        "check-ins",
        5 * DAY,
        ["Check-in visits", "visits", "visit"],
        ["Visitas", "visitas", "visita"],
        ["زيارات اطمئنان", "زيارات", "زيارة"],
      ),
    ].map(confidential),
  },
  {
    slug: "library",
    name: "Library",
    blurb: "Books to borrow, homework help, and somebody to read a hard letter with you.",
    joining: "open",
    translations: {
      es: {
        name: "Biblioteca",
        blurb: "Libros prestados, ayuda con las tareas y alguien que lea contigo esa carta difícil.",
      },
      ar: { name: "المكتبة", blurb: "كتب للإعارة، ومساعدة في الواجبات، ومن يقرأ معك رسالة صعبة." },
    },
    categories: [
      category("books", 30 * DAY, ["Books", "books", "book"], ["Libros", "libros", "libro"], ["كتب", "كتب", "كتاب"]),
      category(
        "homework",
        14 * DAY,
        ["Homework help", "hours", "hour"],
        ["Ayuda con las tareas", "horas", "hora"],
        ["مساعدة في الواجبات", "ساعات", "ساعة"],
      ),
      category(
        "papers",
        10 * DAY,
        ["Papers and translation", "pages", "page"],
        ["Papeles y traducción", "páginas", "página"],
        ["أوراق وترجمة", "صفحات", "صفحة"],
      ),
    ],
  },
  {
    slug: "tech-ops",
    name: "Tech ops",
    blurb: "We keep phones charged, radios talking and the internet up when the power is not.",
    joining: "open",
    translations: {
      es: {
        name: "Técnica",
        blurb: "Mantenemos cargados los teléfonos, en marcha los radios y viva la internet cuando no hay luz.",
      },
      ar: { name: "الدعم التقني", blurb: "نُبقي الهواتف مشحونة وأجهزة اللاسلكي تعمل والإنترنت متصلًا حين تنقطع الكهرباء." },
    },
    categories: [
      category(
        "charging",
        3 * DAY,
        ["Phone charging", "phones", "phone"],
        ["Carga de teléfonos", "teléfonos", "teléfono"],
        ["شحن الهواتف", "هواتف", "هاتف"],
      ),
      category(
        "devices",
        14 * DAY,
        ["Phones and radios", "devices", "device"],
        ["Teléfonos y radios", "aparatos", "aparato"],
        ["هواتف وأجهزة لاسلكي", "أجهزة", "جهاز"],
      ),
      category(
        "repairs",
        10 * DAY,
        ["Repairs and setup", "jobs", "job"],
        ["Arreglos e instalación", "trabajos", "trabajo"],
        ["إصلاح وتركيب", "أعمال", "عمل"],
      ),
    ],
  },
  {
    slug: "rides",
    name: "Rides",
    blurb: "A seat to the clinic, a van for a mattress, a bike with a basket. Ask early if you can.",
    joining: "open",
    translations: {
      es: {
        name: "Transporte",
        blurb:
          "Un asiento a la clínica, una camioneta para un colchón, una bici con canasta. Pide con tiempo si puedes.",
      },
      ar: { name: "المواصلات", blurb: "مقعد إلى العيادة، أو شاحنة صغيرة لفراش، أو دراجة بسلّة. اطلب باكرًا إن استطعت." },
    },
    categories: [
      category(
        "rides",
        3 * DAY,
        ["Rides", "seats", "seat"],
        ["Viajes", "asientos", "asiento"],
        ["توصيل أشخاص", "مقاعد", "مقعد"],
      ),
      category(
        "deliveries",
        5 * DAY,
        ["Deliveries", "trips", "trip"],
        ["Entregas", "viajes", "viaje"],
        ["توصيل أغراض", "رحلات", "رحلة"],
      ),
      category(
        "moving",
        14 * DAY,
        ["Moving things", "loads", "load"],
        ["Mudanzas y cargas", "cargas", "carga"],
        ["نقل أغراض", "حمولات", "حمولة"],
      ),
    ],
  },
];
