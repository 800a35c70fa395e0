ALTER TABLE "broadcasts" DROP CONSTRAINT "broadcasts_author_id_people_id_fk";
--> statement-breakpoint
ALTER TABLE "broadcasts" ALTER COLUMN "author_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "broadcasts" ADD CONSTRAINT "broadcasts_author_id_people_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;