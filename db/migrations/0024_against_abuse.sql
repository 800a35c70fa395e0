CREATE TABLE "blocked_phones" (
	"phone_lookup" text NOT NULL,
	"scope" text DEFAULT 'all' NOT NULL,
	"blocked_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "blocked_phones_phone_lookup_scope_pk" PRIMARY KEY("phone_lookup","scope")
);
--> statement-breakpoint
CREATE TABLE "spent_proofs" (
	"key" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "text_days" (
	"phone_lookup" text NOT NULL,
	"day" date NOT NULL,
	"sent" integer NOT NULL,
	CONSTRAINT "text_days_phone_lookup_day_pk" PRIMARY KEY("phone_lookup","day")
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "discreet" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "concerns" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "blocked_phones" ADD CONSTRAINT "blocked_phones_blocked_by_people_id_fk" FOREIGN KEY ("blocked_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "blocked_phones_scope" ON "blocked_phones" USING btree ("scope","created_at");--> statement-breakpoint
CREATE INDEX "spent_proofs_expiry" ON "spent_proofs" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "text_days_day" ON "text_days" USING btree ("day");--> statement-breakpoint
CREATE INDEX "posts_concerning" ON "posts" USING btree ("group_id","created_at") WHERE concerns <> '{}';