ALTER TABLE "waves" ADD COLUMN "round_from" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "waves" ADD COLUMN "round_at" timestamp with time zone DEFAULT now() NOT NULL;