import { placeCall, type Caller, type CallLog, type Hook } from "./caller.ts";
import { newSid } from "./sid.server.ts";

type Settings = { accountSid: string; from: string; publicUrl: string; voicePath?: string };

/** The calls that went through the simulator and the messages they left. In memory, like everything here. */
export class Calls {
  readonly #last = new Map<string, CallLog>();
  readonly #recordings = new Map<string, number>();

  constructor(readonly settings: Settings) {}

  async place(phone: string, caller: Caller, hook: Hook): Promise<CallLog> {
    const { accountSid, from, publicUrl, voicePath } = this.settings;
    const params = {
      CallSid: newSid("CA"),
      AccountSid: accountSid,
      From: phone,
      To: from.split(",")[0]!,
      Direction: "inbound",
      CallStatus: "in-progress",
      ApiVersion: "2010-04-01",
    };
    const hookAddress = publicUrl + (voicePath ?? "/hooks/twilio/voice");
    const log = await placeCall({ hookAddress, params, newRecording: () => newSid("RE") }, caller, hook);
    if (log.recordingSid) this.#recordings.set(log.recordingSid, caller.seconds);
    this.#last.set(phone, log);
    return log;
  }

  /** What was said in this phone's last call. */
  last = (phone: string): CallLog | null => this.#last.get(phone) ?? null;
  /** How long a recording is, in seconds; null where there is none. */
  recording = (sid: string): number | null => this.#recordings.get(sid) ?? null;

  clear(): void {
    this.#last.clear();
    this.#recordings.clear();
  }
}
