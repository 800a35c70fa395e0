DROP INDEX "asks_unanswered";--> statement-breakpoint
CREATE INDEX "asks_unanswered" ON "asks" USING btree ("asked_at") WHERE answered_at is null and thanked_at is null;