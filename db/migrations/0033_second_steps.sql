CREATE TABLE "second_steps" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"public_key" text,
	"secret_sealed" text,
	"counter" bigint DEFAULT 0 NOT NULL,
	"device" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_on" date
);
--> statement-breakpoint
ALTER TABLE "sign_in_codes" ADD COLUMN "step_tries" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sign_in_codes" ADD COLUMN "stepped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "second_steps" ADD CONSTRAINT "second_steps_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "second_steps_person" ON "second_steps" USING btree ("person_id");--> statement-breakpoint
CREATE TRIGGER events_audit_steps AFTER INSERT ON events FOR EACH ROW
WHEN (new.type IN ('second_step.added', 'second_step.removed'))
EXECUTE FUNCTION audit_event();
