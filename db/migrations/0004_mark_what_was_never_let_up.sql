ALTER TABLE "posts" ADD COLUMN "unapproved" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "posts" SET "unapproved" = true WHERE "status" = 'in_review' OR "closed_reason" = 'declined';
