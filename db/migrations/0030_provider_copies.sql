ALTER TABLE "outbox" ADD COLUMN "provider_next_at" timestamp with time zone DEFAULT '-infinity';--> statement-breakpoint
ALTER TABLE "inbound_texts" ADD COLUMN "provider_next_at" timestamp with time zone DEFAULT '-infinity';--> statement-breakpoint
ALTER TABLE "voice_calls" ADD COLUMN "provider_next_at" timestamp with time zone DEFAULT '-infinity';--> statement-breakpoint
CREATE INDEX "outbox_copies" ON "outbox" USING btree ("provider_next_at") WHERE body_sealed is null and provider_sid is not null and provider_next_at is not null;--> statement-breakpoint
CREATE INDEX "inbound_texts_copies" ON "inbound_texts" USING btree ("provider_next_at") WHERE from_sealed is null and provider_next_at is not null;