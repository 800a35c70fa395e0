CREATE INDEX "claims_backed" ON "claims" USING btree ("created_at") WHERE offer_id is not null;--> statement-breakpoint
CREATE INDEX "asks_when" ON "asks" USING brin ("asked_at");