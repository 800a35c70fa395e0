import { describe, expect, test } from "vitest";
import { readCommand } from "#app/sms/grammar.ts";
import { readKeyword } from "#app/sms/keywords.ts";

const read = (text: string, optedOut = false) => readKeyword(text, { optedOut })?.kind ?? null;

describe("honoured at once", () => {
  test.each([
    "STOP",
    "stop",
    "Stop.",
    "stop.",
    "STOP!!",
    "¡STOP!",
    "STOP 🛑",
    "ＳＴＯＰ",
    "\u200eSTOP",

    "STOPALL",
    "stop all",
    "unsubscribe",
    "CANCEL",
    "end",
    "quit",
    "REVOKE",
    "optout",
    "OPT OUT",
    "opt-out",
    "Opt out.",

    "stop2quit",
    "stop=quit",
    "stop to quit",
    "Stop please",
    "please stop",
    "pls stop",
    "STOP STOP",
    "stop stop stop!!",

    "stop it",
    "stop now",
    "Stop this",
    "STOP thanks",
    "stop, thank you",
    "i said stop",
    "cancel please",
    "quit all",

    "end texts",
    "STOP. I do not know you",
    "wrong number, stop",
    "wrong number stop",
    "Wrong number",
    "sorry, wrong person",
    "unsubscribe me",
    "how do i unsubscribe",
    "UNSUBSCRIBE please",
    "opt me out",
    "i want to opt out",
    "I opt out",
    "revoke my consent",
    "i revoke consent",
    "remove",
    "remove me",
    "STOP 4F2K",
    "unsub",
    "please stop texting me",
    "can you stop texting me",
    "stop these messages",
    "stop all these messages please",

    "quit texting me",
    "no more texts",
    "No more messages please",
    "enough texts",
    "cancel my subscription",
    "cancel texts",
    "take me off this list",
    "take my number off the list",
    "take me off",
    "remove my number",
    "delete my number",

    "don't text me",
    "Don’t text me anymore",
    "do not contact me again",
    "dont message me",
    "dont send me any more texts",
    "I don't want these texts",
    "i do not want to receive any more messages",
    "I don't want to be texted",
    "leave me alone",
    "LEAVE ME ALONE!!!",
    "lose my number",
    "go away",
    "fuck off",
    "No! Stop!",
    "hey. STOP. who is this",
  ])("%s", (text) => expect(read(text)).toBe("stop"));

  test.each([
    "PARAR",
    "pare",
    "para",
    "alto",
    "¡Alto!",
    "¡Basta!",
    "ya basta",
    "detener",
    "No más",
    "no mas",
    "ya no más",
    "no mas, gracias",
    "baja por favor",
    "baja",
    "salir",

    "cancelar",
    "cancela",
    "borrar",
    "dame de baja",
    "denme de baja por favor",
    "quiero darme de baja",
    "parar por favor",
    "no me escriban más",
    "ya no me escriban",
    "no me escriba",
    "No me manden más mensajes",
    "no me envíes nada",

    "no quiero mensajes",
    "no quiero más mensajes",
    "ya no quiero recibir sus mensajes",
    "no deseo recibir mas textos",

    "no quiero que me escriban",
    "no más mensajes",
    "no mas textos por favor",
    "bórrame",
    "borrame de la lista",
    "bórrenme ya",

    "quítame de tu lista",
    "sáquenme de esta lista",
    "elimina mi número",
    "dejen de escribirme",
    "deja de mandarme mensajes",
    "déjenme en paz",
    "no me molesten",
    "número equivocado",
    "no me llamen",
    "توقف",
    "إلغاء",
    "أوقف",
    "إلغاء الاشتراك",
    "لا ترسلوا لي رسائل",
    "لا أريد رسائل",
  ])("%s", (text) => expect(read(text)).toBe("stop"));

  test.each(["stpo", "sotp", "STOPP", "sstop", "tsop", "stp", "unsuscribe", "Unsubcribe", "cancell", "optut"])(
    "a slip of the thumb, alone: %s",
    (text) => expect(readKeyword(text, { optedOut: false })).toMatchObject({ kind: "stop", corrected: true }),
  );
});

describe("no opt-out", () => {
  const isWords = (text: string) => {
    expect(read(text)).toBe(null);
    return readCommand(text, { optedOut: false });
  };

  test.each([
    "Stop by at 5",
    "bus stop on 4th",
    "can you stop by the pantry",
    "can you stop at the store",
    "don't stop",
    "dont stop texting me",

    "the end of the street",
    "alto precio",
    "I quit my job",
    "cancel my appointment",
    "cancel my need 4F2K",
    "CANCEL 4F2K",

    "please never stop",
    "no pares por favor",
    "stop at the corner of 5th and Main",
    "it's near the stop sign",
    "end of May",
    "don't text me after 9pm",
    "no me escriban después de las 10",
    "stop texting me at night",
    "hay no mas agua",
    "not interested",
    "para la casa, alto",
    "ya no quiero",
    "ya no quiero nada",
  ])("near enough to be looked at: %s", (text) => {
    const command = isWords(text);
    expect(command.kind).toBe("words");
    if (command.kind === "words" && !/4F2K|text me after|escriban/.test(text)) expect(command.nearest).toBe("stop");
  });

  test.each([
    "no",
    "need water",
    "para mañana",
    "para mi familia",
    "pasta",
    "hasta",
    "shop",
    "step",
    "top",
    "spot",
    "cancer",
    "subscribe?",

    "no me llamo Ana",
    "no me mandaron la comida",
    "no me escribieron",
    "me dejaron el paquete",
    "leave the box at the door",

    "take me off the bus route please",
    "we do not have enough",
    "I want out of the rain",
    "delete my post",
    "I do not want onions",
    "remove the old sofa",
    "opted for pickup",
    "quiero mensajes",
    "عندي توقف في العمل",
  ])("%s", (text) => expect(read(text)).not.toBe("stop"));
});

test("START and its kin; YES only from somebody who is out; never by a guess", () => {
  for (const word of ["START", "unstop", "empezar", "Start again", "opt in"]) expect(read(word)).toBe("start");
  expect(read("yes", true)).toBe("start");
  expect(read("yes", false)).toBe(null);
  for (const word of ["satrt", "strat", "yess", "unstpo", "hlep"]) expect(read(word, true)).toBe(null);
});

test("the provider answers its own single words, we answer everything else", () => {
  const answered = (text: string) => readKeyword(text, { optedOut: false })?.answeredByProvider;
  for (const word of [
    "STOP",
    " help ",
    "Start",
    "stopall",
    "UNSUBSCRIBE",
    "cancel",
    "END",
    "quit",
    "revoke",
    "OptOut",
  ]) {
    expect(answered(word), word).toBe(true);
  }
  for (const word of [
    "stop please",
    "STOP.",
    "opt out",
    "ayuda",
    "?",
    "no más",
    "stpo",
    "don't text me",
    "ＳＴＯＰ",
    "stop all",
  ]) {
    expect(answered(word), word).toBe(false);
  }
});
