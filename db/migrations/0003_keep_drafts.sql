CREATE TABLE "drafts" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"answers_sealed" text,
	"post_id" uuid,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "drafts_expiry" ON "drafts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "posts_covered" ON "posts" USING btree ("created_at","id") WHERE status = 'open' and not claimable;--> statement-breakpoint
CREATE INDEX "posts_newest" ON "posts" USING btree ("created_at","id");