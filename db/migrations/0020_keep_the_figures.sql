CREATE TABLE "area_people" (
	"area" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"people" integer NOT NULL,
	"said_by" uuid,
	"said_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "first_words" (
	"post_id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "public_weeks" (
	"group_id" uuid NOT NULL,
	"week" date NOT NULL,
	"asked" integer NOT NULL,
	"met" integer NOT NULL,
	CONSTRAINT "public_weeks_week_group_id_pk" PRIMARY KEY("week","group_id")
);
--> statement-breakpoint
ALTER TABLE "area_people" ADD CONSTRAINT "area_people_said_by_people_id_fk" FOREIGN KEY ("said_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_words" ADD CONSTRAINT "first_words_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_weeks" ADD CONSTRAINT "public_weeks_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "first_words_at" ON "first_words" USING btree ("at");--> statement-breakpoint
CREATE INDEX "consent_events_when" ON "consent_events" USING btree ("at");--> statement-breakpoint
INSERT INTO "first_words" ("post_id", "at")
SELECT "post_id", min("at") FROM (
	SELECT r.post_id, t.created_at AS at FROM relays r JOIN relay_texts t ON t.relay_id = r.id WHERE t.side = 'claimer'
	UNION ALL SELECT post_id, created_at FROM claims WHERE note_sealed IS NOT NULL
	UNION ALL SELECT id, created_at FROM posts WHERE entered_by IS NOT NULL
	UNION ALL SELECT p.id, e.at FROM events e JOIN text_threads t ON t.id::text = e.data->>'threadId'
		JOIN posts p ON p.author_id = t.person_id AND p.created_at <= e.at AND (p.closed_at IS NULL OR p.closed_at >= e.at)
		WHERE e.type = 'thread.answered'
) said GROUP BY "post_id";
