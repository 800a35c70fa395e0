CREATE TABLE "number_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kept_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "number_changes" ADD CONSTRAINT "number_changes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "number_changes" ADD CONSTRAINT "number_changes_kept_id_people_id_fk" FOREIGN KEY ("kept_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "number_changes_person" ON "number_changes" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "number_changes_kept" ON "number_changes" USING btree ("kept_id");--> statement-breakpoint
CREATE TRIGGER events_audit_numbers AFTER INSERT ON events FOR EACH ROW
WHEN (new.type IN ('person.number_changed', 'person.number_restored'))
EXECUTE FUNCTION audit_event();
