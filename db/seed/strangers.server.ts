import type { Ctx } from "../../app/core/ctx.ts";

const MINUTE = 60_000;

/** Texts of people nobody knows yet, that wait in the coordinators' inbox. */
const STRANGERS = [
  {
    phone: "+15550107931",
    minutes: 18,
    words: "Hi, my mom is alone and her heating is out. Could somebody bring a heater or blankets tonight?",
  },
  { phone: "+15550107932", minutes: 95, words: "¿Mañana abren la despensa? Necesito pañales talla 4 para mi bebé" },
  { phone: "+15550107933", minutes: 260, words: "هل يمكن لأحد أن يأخذني إلى الطبيب يوم الخميس؟" },
];

/** Their threads and texts, as a worker left them: read, and for a person to answer. */
export function strangerRows(ctx: Ctx) {
  const rows = STRANGERS.map(({ phone, minutes, words }, position) => {
    const at = new Date(ctx.now.getTime() - minutes * MINUTE).toISOString();
    const sid = `SM${ctx.seal.lookup("request", `demo text ${position}`).slice(0, 32)}`;
    const phone_lookup = ctx.seal.lookup("phone", phone);
    const place = (column: string) => ({ table: "inbound_texts", column, row: sid });
    return {
      thread: {
        phone_lookup,
        phone_sealed: ctx.seal.seal(phone, { table: "text_threads", column: "phone_sealed", row: phone_lookup }),
        last_heard_at: at,
        unread_since: at,
        updated_at: at,
      },
      text: {
        message_sid: sid,
        phone_lookup,
        from_sealed: ctx.seal.seal(phone, place("from_sealed")),
        body_sealed: ctx.seal.seal(words, place("body_sealed")),
        received_at: at,
        handled_at: at,
        outcome: "inbox",
      },
    };
  });
  return { threads: rows.map(({ thread }) => thread), texts: rows.map(({ text }) => text) };
}
