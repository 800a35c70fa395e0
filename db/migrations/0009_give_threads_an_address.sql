ALTER TABLE "text_threads" ADD COLUMN "id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "text_threads" ADD COLUMN "answers" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "text_threads" ADD COLUMN "answered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "text_threads" ADD COLUMN "answered_by" uuid;--> statement-breakpoint
ALTER TABLE "text_threads" ADD CONSTRAINT "text_threads_answered_by_people_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_thread" ON "events" USING btree ((data->>'threadId'),"id") WHERE data ? 'threadId';--> statement-breakpoint
ALTER TABLE "text_threads" ADD CONSTRAINT "text_threads_id_unique" UNIQUE("id");