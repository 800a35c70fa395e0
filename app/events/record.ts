import type { EventType, RecordedEvent } from "./event.ts";

/** A row of `events` as the driver hands it over: bigints are strings there. */
export type EventRow = {
  id: string | number;
  type: string;
  groupId: string | null;
  postId: string | null;
  claimId: string | null;
  actorId: string | null;
  data: Record<string, string | number | boolean | null>;
  at: Date;
};

/** A row read back as the event it is. Rows are written by verbs only, so `type` and `data` belong together. */
export function asEvent<T extends EventType = EventType>(row: EventRow): RecordedEvent<T> {
  return { ...row, id: Number(row.id) } as unknown as RecordedEvent<T>;
}
