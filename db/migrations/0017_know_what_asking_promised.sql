ALTER TABLE "asks" ADD COLUMN "chance" real;--> statement-breakpoint
ALTER TABLE "asks" ADD COLUMN "wanted_at" timestamp with time zone;