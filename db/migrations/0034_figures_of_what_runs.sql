DROP INDEX "posts_current";--> statement-breakpoint
DROP INDEX "claims_lapse";--> statement-breakpoint
CREATE INDEX "posts_current" ON "posts" USING btree ("group_id","kind","status","claimable","created_at","id") WHERE status <> 'closed';--> statement-breakpoint
CREATE INDEX "claims_lapse" ON "claims" USING btree ("lapses_at","post_id","person_id") WHERE status in ('promised', 'on_the_way');