ALTER TABLE "outbox" DROP CONSTRAINT "outbox_sender_id_senders_id_fk";
--> statement-breakpoint
CREATE INDEX "outbox_sender" ON "outbox" USING btree ("sender_id","submit_started_at") WHERE submit_started_at is not null;