import { expect, test } from "vitest";
import { readCommand } from "#app/sms/grammar.ts";

/** What neighbors write to one another: close to a command, and none. A person reads these. */
const TEXTS = [
  "Hi is anyone there|on my way, be there in 10|On my way to the clinic now|I'm outside with the blue car",
  "I got the food, thank you so much!!|got it thanks|Got your message|Got there at 5",
  "Done, left it at the door|Done at 5pm|Done with work at 4|all done|Thanks|thank you so much God bless",
  "gracias!!|muchas gracias|ok|Ok I will|Yes I can come|no I can't today|No thanks|si puedo|sí, a las 5",
  "ya voy|voy para alla|Voy en 20 minutos|Voy a llegar tarde|ya llegue|llegó la comida, gracias",
  "Llegó todo bien|Llego a las 5|llego en 10 minutos|listo, lo dejé en la puerta|Todo listo",
  "Listo para salir|mas tarde|Más o menos a las 6|más comida por favor|Need it by Friday|need to cancel",
  "I need to talk to a person|necesito hablar con alguien|Give me 5 minutes|give me a call",
  "Can you give me a ride|Doy la vuelta|close to the park|Close the door please|Closed today?",
  "drop it at the front desk|drop off at 5|Drop by anytime|next to the school|Next Tuesday",
  "Share my number please|share my number|more info|More info please|more than 10|MORE info|Back in 5",
  "back door|send it tomorrow|Send someone please|Block 5, apartment 2|block party on Saturday",
  "Report to the front desk|Way too far for me|No way|status of my request?|what is the status",
  "Menu for today?|ayuda mi mama se cayo|help me please|HELP ME|Help! fire|call me at 555 010 0199",
  "my number is 555-010-0199|The code is 4F2K|Is 4F2K still open?|What about 4F2K|about 4F2K: can't make it",
  "4F2K no puedo|I can do 4F2K|I can take 4F2K|can I claim 4F2K?|i want to claim 4F2K|claimed 4F2K",
  "2 adults and 3 kids|3 kids|4|1 or 2|1pm|2 pm works|1st street|one moment|One of the bags broke",
  "uno de los niños|twenty|tomorrow at 5|manana|hoy|123 Main St|5th and Main|do you speak spanish",
  "habla español?|Start at 5|start tomorrow|I'll stop by tomorrow|stop at the light and turn left",
  "The bus stop by the bank|Please stop by|Could you stop by Ana's|Quit smoking lol",
  "I want to cancel my request|cancelar mi pedido|this is the end of it|para mi mama|para 4 personas",
  "baja la caja por favor|salir a las 5|remove the peanuts|Take me to the store|basta con dos|no mas pan",
  "tomo el bus|tomo agua|Tomar 4F2K no puedo|Recibi solo la mitad de 4F2K|GOT half of 4F2K|Hecho en casa",
  "wrong address|Who is this?|lol|...|❤️|estado civil soltero|atras de la iglesia|volver a llamar",
  "enviar a mi hermana|compartir comida|comparto cuarto",
].flatMap((some) => some.split("|"));

test.each(TEXTS)("%s", (text) => expect(readCommand(text, { optedOut: false }).kind).toBe("words"));
