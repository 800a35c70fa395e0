DROP INDEX "posts_covering";--> statement-breakpoint
DROP INDEX "outbox_group";--> statement-breakpoint
CREATE INDEX "posts_current" ON "posts" USING btree ("group_id","kind","status","claimable","created_at") WHERE status <> 'closed';--> statement-breakpoint
CREATE INDEX "posts_covering" ON "posts" USING btree ("group_id","created_at","kind","status","closed_reason","first_claimed_at","closed_at");--> statement-breakpoint
CREATE INDEX "outbox_group" ON "outbox" USING btree ("group_id","created_at","state");