ALTER TABLE "inbound_texts" ALTER COLUMN "from_sealed" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "voice_calls" ALTER COLUMN "from_sealed" DROP NOT NULL;--> statement-breakpoint
CREATE INDEX "posts_contacts" ON "posts" USING btree ("closed_at") WHERE status = 'closed' and coalesce(address_sealed, note_sealed, contact_name_sealed) is not null;--> statement-breakpoint
CREATE INDEX "outbox_words" ON "outbox" USING btree (coalesce("done_at", "expires_at")) WHERE body_sealed is not null;--> statement-breakpoint
CREATE INDEX "inbound_texts_held" ON "inbound_texts" USING btree ("received_at") WHERE from_sealed is not null;