CREATE TABLE "archive_keys" (
	"owner" text PRIMARY KEY NOT NULL,
	"key_sealed" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "archive_keys_whose" ON "archive_keys" USING btree (split_part("owner", ' ', 1));