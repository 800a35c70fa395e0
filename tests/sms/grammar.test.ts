import { describe, expect, test } from "vitest";
import { readCommand } from "#app/sms/grammar.ts";

const read = (text: string, optedOut = false) => readCommand(text, { optedOut });
const about = (text: string, optedOut = false) => {
  const { language: _, corrected: __, ...command } = read(text, optedOut);
  return command;
};

describe("commands in English and Spanish", () => {
  const claim = { kind: "claim", code: "4F2K", quantity: null };
  test.each<[string, object]>([
    ...[
      "CLAIM 4F2K",
      "claim 4f2k",
      "Claim: #4F2K!!",
      "TOMO 4F2K",
      "tomo el 4f2k",
      "CLAIM4F2K",
      "CLAIM #4F2K",
      "4F2K claim",
    ].map((text) => [text, claim] as [string, object]),
    ...[
      "CLAIM 4F2K please",
      "please claim 4f2k 🙏",
      "CLAIM “4F2K”.",
      "ＣＬＡＩＭ ４Ｆ２Ｋ",
      "claim code 4F2K",
      "CLAIM 4F 2K",
    ].map((text) => [text, claim] as [string, object]),
    ...[
      "CLAIM 4F2K by 6",
      "CLAIM 4F2K 6pm",
      "CLAIM 4F2K 6 pm",
      "Hi, claim 4F2K thanks!",
      "CLAIM 4F2K I can bring it at 6",
    ].map((text) => [text, claim] as [string, object]),
    ...[
      "CLAIM 4F2K 20",
      "claim 4f2k 20 blankets",
      "claim 20 4F2K",
      "claim 20 of 4F2K",
      "claim 20 blankets for 4f2k",
    ].map((text) => [text, { ...claim, quantity: 20 }] as [string, object]),
    ...["4F2K 20 claim", "4F2K claim 20", "CLAIM 4F2K x20", "claim 4F2K ٢٠", "tomo 20 de 4F2K", "CLAIM 4F2K - 20"].map(
      (text) => [text, { ...claim, quantity: 20 }] as [string, object],
    ),
    ["CLAIM 4F2K two", { ...claim, quantity: 2 }],
    ["TOMO 4F2K dos", { ...claim, quantity: 2 }],
    ["CLAIM 4F2K 1,000", { ...claim, quantity: 1000 }],
    ["CLAIM 4F2O", { kind: "claim", code: "4F2O", quantity: null }],
    ["CLAIM KWRT", { kind: "claim", code: "KWRT", quantity: null }],
    ["CLAIM 7KQ2M", { kind: "claim", code: "7KQ2M", quantity: null }],
    ["NEED diapers size 4", { kind: "need", words: "diapers size 4" }],
    ["need: Diapers, size 4!", { kind: "need", words: "Diapers, size 4!" }],
    ["I need a ride", { kind: "need", words: "a ride" }],
    ["NECESITO pañales", { kind: "need", words: "pañales" }],
    ["nesecito pañales", { kind: "need", words: "pañales" }],
    ["Need", { kind: "need", words: null }],
    ["GIVE 10 coats", { kind: "give", words: "10 coats" }],
    ["Ofrezco cobijas", { kind: "give", words: "cobijas" }],
    ["doy 3 abrigos", { kind: "give", words: "3 abrigos" }],
    ["LIST", { kind: "list", words: null }],
    ["lista comida", { kind: "list", words: "comida" }],
    ["MORE 4F2K", { kind: "more", code: "4F2K" }],
    ["más 4f2k", { kind: "more", code: "4F2K" }],
    ["4F2K", { kind: "more", code: "4F2K" }],
    ["more", { kind: "more", code: null }],
    ["WAY 4F2K", { kind: "way", code: "4F2K" }],
    ["Voy 4F2K", { kind: "way", code: "4F2K" }],
    ["en camino 4F2K", { kind: "way", code: "4F2K" }],
    ["on my way to 4F2K", { kind: "way", code: "4F2K" }],
    ["on my way!", { kind: "way", code: null }],
    ["DONE 4F2K 10", { kind: "done", code: "4F2K", quantity: 10 }],
    ["LISTO", { kind: "done", code: null, quantity: null }],
    ["hecho 4f2k", { kind: "done", code: "4F2K", quantity: null }],
    ["DROP 4F2K sorry my car broke, can't make it", { kind: "drop", code: "4F2K" }],
    ["soltar 4F2K", { kind: "drop", code: "4F2K" }],
    ["CERRAR 4F2K", { kind: "close", code: "4F2K" }],
    ["got 4F2K", { kind: "got", code: "4F2K" }],
    ["¡Recibí 4F2K!", { kind: "got", code: "4F2K" }],
    ["Llegó 4F2K gracias", { kind: "got", code: "4F2K" }],
    ["NEXT 4F2K", { kind: "next", code: "4F2K" }],
    ["siguiente 4F2K", { kind: "next", code: "4F2K" }],
    ["share", { kind: "share", code: null }],
    ["COMPARTIR 4F2K", { kind: "share", code: "4F2K" }],
    ["block 4F2K", { kind: "block", code: "4F2K" }],
    ["DENUNCIAR", { kind: "report", code: null }],
    ["Status?", { kind: "status" }],
    ["estado", { kind: "status" }],
    ["MENU", { kind: "menu" }],
    ["¿?", { kind: "menu" }],
    ["ayuda", { kind: "menu" }],
    ["Send", { kind: "send" }],
    ["ENVIAR", { kind: "send" }],
    ["atrás", { kind: "back" }],
    ["PAUSE", { kind: "pause", days: null }],
    ["pause 3d", { kind: "pause", days: 3 }],
    ["PAUSE 3 days", { kind: "pause", days: 3 }],
    ["pausa 2 semanas", { kind: "pause", days: 14 }],
    ["pausa una semana", { kind: "pause", days: 7 }],
    ["pausa hasta mañana", { kind: "pause", days: 1 }],
    ["pause 3", { kind: "pause", days: 3 }],
    ["PAUSE 1 month", { kind: "pause", days: 30 }],
    ["resume", { kind: "pause", days: 0 }],
    ["LANG ES", { kind: "lang", locale: "es" }],
    ["idioma inglés", { kind: "lang", locale: "en" }],
    ["Español", { kind: "lang", locale: "es" }],
    ["ENGLISH please", { kind: "lang", locale: "en" }],
    ["العربية", { kind: "lang", locale: "ar" }],
    ["lang", { kind: "lang", locale: null }],
    ["@4F2K on my way, 5 min", { kind: "relay", code: "4F2K", words: "on my way, 5 min" }],
    ["@ 4f2k: ¿estás?", { kind: "relay", code: "4F2K", words: "¿estás?" }],
    ["1", { kind: "answer", n: 1, code: null }],
    ["1.", { kind: "answer", n: 1, code: null }],
    ["(2)", { kind: "answer", n: 2, code: null }],
    ["1️⃣", { kind: "answer", n: 1, code: null }],
    ["٣", { kind: "answer", n: 3, code: null }],
    ["２", { kind: "answer", n: 2, code: null }],
    ["uno", { kind: "answer", n: 1, code: null }],
    ["One", { kind: "answer", n: 1, code: null }],
    ["1 sí", { kind: "answer", n: 1, code: null }],
    ["2 lo dejo", { kind: "answer", n: 2, code: null }],
    ["1 4F2K", { kind: "answer", n: 1, code: "4F2K" }],
    ["4F2K: 2", { kind: "answer", n: 2, code: "4F2K" }],
    ["1 for 4F2K", { kind: "answer", n: 1, code: "4F2K" }],
  ])("%s", (text, command) => expect(about(text)).toEqual(command));
});

describe("a typo is mended where nothing else can be meant", () => {
  test.each([
    ["cliam 4F2K", "claim"],
    ["calim 4F2K", "claim"],
    ["clain 4f2k 20", "claim"],
    ["necesit0 agua", "need"],
    ["dropp 4F2K", "drop"],
    ["siguente 4F2K", "next"],
    ["staus", "status"],
    ["pasue 3d", "pause"],
    ["lsit", "list"],
    ["stpo", "stop"],
    ["STOPP", "stop"],
    ["unsuscribe", "stop"],
  ])("%s is %s", (text, kind) => expect(read(text)).toMatchObject({ kind, corrected: true }));

  test.each([
    ["text 4F2K hello", "next"],
    ["gone 4F2K", "done"],
    ["cliam", "claim"],
    ["move 4F2K", "more"],
    ["lost my wallet", null],
    ["satrt", null],
    ["halp", null],
    ["shop", null],
    ["listi 4F2K", null],
  ])("%s is not", (text, nearest) => {
    const command = read(text);
    expect(command.kind).toBe("words");
    if (nearest && command.kind === "words") expect(command.nearest).toBe(nearest);
  });
});

describe("what could be misread is words, with what it almost was", () => {
  test.each([
    ["CLAIM", "claim"],
    ["CLAIM 20", "claim"],
    ["CLAIM 2", "claim"],
    ["CLAIM them", "claim"],
    ["CLAIM 4F2K and 7KQ2", "claim"],
    ["CLAIM 4F2K 2.5", "claim"],
    ["CLAIM 4F2K 1/2", "claim"],
    ["CLAIM 4F2K 0", "claim"],
    ["CLAIM 4F2K 20 30", "claim"],
    ["CLAIM half of 4F2K", "claim"],
    ["CLAIM 4F2K if nobody else does", "claim"],
    ["Done with the soup", "done"],
    ["DONE 4F2K is not done", "done"],
    ["got them", "got"],
    ["got it", "got"],
    ["next week works", "next"],
    ["more food please", "more"],
    ["back at 5", "back"],
    ["send me food", "send"],
    ["share this", "share"],
    ["voy a llegar tarde", "way"],
    ["pause until Friday", "pause"],
    ["give me food", "give"],
    ["give up", "give"],
    ["GIVE 4F2K", "give"],
    ["can I claim 4F2K?", "claim"],
    ["is 4F2K still open", "more"],
    ["help me please", "help"],
    ["I need to talk to a person", "need"],
    ["need it by Friday", "need"],
    ["Listo, lo dejé en la puerta", "done"],
    ["1 no", null],
    ["2 yes", null],
    ["4", null],
    ["4F2K 20", null],
    ["yes", "answer"],
    ["sí", "answer"],
    ["no", "answer"],
    ["CANCEL 4F2K", null],
    ["hello", null],
    ["", null],
    ["🙂", null],
    ["a@b.example", null],
    ["Stop by at 5", "stop"],
    ["bus stop on 4th", "stop"],
  ])("%s", (text, nearest) => {
    const command = read(text);
    expect(command.kind).toBe("words");
    if (nearest && command.kind === "words") expect(command.nearest).toBe(nearest);
  });
});

test("STOP goes before everything, START and YES as before, HELP is the carrier's and AYUDA ours", () => {
  expect(about("STOP")).toEqual({ kind: "stop", answeredByProvider: true, freeform: false });
  expect(about("@4F2K stop")).toMatchObject({ kind: "stop", freeform: true });
  expect(about("NEED you to stop texting me")).toMatchObject({ kind: "stop", freeform: true });
  expect(about("yes", true)).toEqual({ kind: "start", answeredByProvider: true, freeform: false });
  expect(about("HELP")).toEqual({ kind: "help", answeredByProvider: true, freeform: false });
  expect(about("help!")).toEqual({ kind: "help", answeredByProvider: false, freeform: false });
  expect(about("resume", true)).toMatchObject({ kind: "start" });
});

test("the keyword tells the language, where only one has it", () => {
  const language = (text: string) => read(text).language;
  expect(language("TOMO 4F2K")).toBe("es");
  expect(language("CLAIM 4F2K")).toBe("en");
  for (const shared of ["4F2K", "1", "menu", "STOP", "@4F2K hola"]) expect(language(shared)).toBe(null);
});
