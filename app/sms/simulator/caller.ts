/** What a simulated caller does: press a key while the greeting is spoken, or wait for the tone and speak. */
export type Caller = { press: string | null; seconds: number };

/** What was said to the caller, and the recordings that were made: in the order of the call. */
export type CallLog = { said: string[]; recordingSid: string | null };

/** Calls one of our hooks, signed, and gives its answer. */
export type Hook = (
  address: string,
  params: Record<string, string>,
) => Promise<{ status: number | string; body: string }>;

const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? null : unescapeXml(found);
};
const unescapeXml = (text: string) =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

/** Makes a call as the provider would: asks the hook, does what its TwiML says, and tells it what came of that. */
export async function placeCall(
  call: { hookAddress: string; params: Record<string, string>; newRecording: () => string },
  caller: Caller,
  hook: Hook,
): Promise<CallLog> {
  const log: CallLog = { said: [], recordingSid: null };
  let twiml = (await hook(call.hookAddress, call.params)).body;
  for (let steps = 0; steps < 6; steps += 1) {
    log.said.push(...[...twiml.matchAll(/<Say[^>]*>([^<]*)<\/Say>/g)].map((said) => unescapeXml(said[1]!)));
    const gather = /<Gather[^>]*>/.exec(twiml)?.[0];
    const record = /<Record[^>]*>/.exec(twiml)?.[0];
    if (gather && caller.press !== null) {
      twiml = (await hook(attribute(gather, "action")!, { ...call.params, Digits: caller.press })).body;
    } else if (record && caller.seconds > 0) {
      log.recordingSid = call.newRecording();
      const made = { RecordingSid: log.recordingSid, RecordingDuration: String(caller.seconds) };
      twiml = (await hook(attribute(record, "action")!, { ...call.params, ...made })).body;
    } else return log;
  }
  return log;
}

/** A recording as a WAV file: a quiet hum as long as the message (8 kHz, 8 bits, one channel). */
export function hum(seconds: number): Uint8Array {
  const length = Math.max(1, Math.min(seconds, 110)) * 8_000;
  const wav = Buffer.alloc(44 + length);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(36 + length, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt32LE(8_000, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(length, 40);
  for (let at = 0; at < length; at += 1) wav[44 + at] = 128 + Math.round(30 * Math.sin(at / 6));
  return wav;
}
