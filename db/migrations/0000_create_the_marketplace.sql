-- Folds accents, case and the Arabic letter variants people mix, so that search finds what was meant.
-- Immutable, so that a generated column can be made of it.
CREATE FUNCTION "fold"(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(translate(words, U&'\00C1\00C0\00C2\00C4\00C3\00C5\00E1\00E0\00E2\00E4\00E3\00E5\00C9\00C8\00CA\00CB\00E9\00E8\00EA\00EB\00CD\00CC\00CE\00CF\00ED\00EC\00EE\00EF\00D3\00D2\00D4\00D6\00D5\00F3\00F2\00F4\00F6\00F5\00DA\00D9\00DB\00DC\00FA\00F9\00FB\00FC\00D1\00F1\00C7\00E7\0623\0625\0622\0649\0629\0640\064B\064C\064D\064E\064F\0650\0651\0652', U&'AAAAAAaaaaaaEEEEeeeeIIIIiiiiOOOOOoooooUUUUuuuuNnCc\0627\0627\0627\064A\0647'))
$$;
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "consent_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "consent_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"phone_lookup" text NOT NULL,
	"action" text NOT NULL,
	"source" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name_sealed" text,
	"phone_sealed" text,
	"phone_lookup" text,
	"email_sealed" text,
	"locale" text DEFAULT 'en' NOT NULL,
	"time_zone" text DEFAULT 'America/New_York' NOT NULL,
	"quiet_from" smallint DEFAULT 21 NOT NULL,
	"quiet_to" smallint DEFAULT 8 NOT NULL,
	"monthly_cap" smallint,
	"is_admin" boolean DEFAULT false NOT NULL,
	"verified_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "people_phone_lookup_unique" UNIQUE("phone_lookup")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"hits" integer NOT NULL,
	CONSTRAINT "rate_limits_key_window_start_pk" PRIMARY KEY("key","window_start")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"device" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"seen_on" date NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"unit" text NOT NULL,
	"unit_one" text NOT NULL,
	"translations" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"expiry_hours" integer DEFAULT 336 NOT NULL,
	"default_visibility" text DEFAULT 'everyone' NOT NULL,
	"position" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "categories_slug" UNIQUE("group_id","slug")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"blurb" text NOT NULL,
	"translations" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"joining" text DEFAULT 'open' NOT NULL,
	"moderates" boolean DEFAULT false NOT NULL,
	"position" smallint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "groups_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"person_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"role" text DEFAULT 'volunteer' NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"alerts" boolean DEFAULT true NOT NULL,
	"hears_claims" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "memberships_person_id_group_id_pk" PRIMARY KEY("person_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"group_id" uuid NOT NULL,
	"category_id" uuid,
	"author_id" uuid NOT NULL,
	"title" text NOT NULL,
	"details" text,
	"quantity" integer DEFAULT 1 NOT NULL,
	"remaining" integer DEFAULT 1 NOT NULL,
	"urgency" text DEFAULT 'normal' NOT NULL,
	"window_start" timestamp with time zone,
	"window_end" timestamp with time zone,
	"place" text,
	"lat" double precision,
	"lng" double precision,
	"address_sealed" text,
	"note_sealed" text,
	"contact_name_sealed" text,
	"visibility" text DEFAULT 'everyone' NOT NULL,
	"languages" text[] DEFAULT '{}' NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"closed_reason" text,
	"closed_at" timestamp with time zone,
	"reopens_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"first_claimed_at" timestamp with time zone,
	"manage_hash" text NOT NULL,
	"submit_key" text,
	"submit_hash" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"claimable" boolean GENERATED ALWAYS AS (status = 'open' and remaining > 0) STORED NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', fold(title || ' ' || coalesce(details, '') || ' ' || coalesce(place, '')))) STORED,
	CONSTRAINT "posts_code_unique" UNIQUE("code"),
	CONSTRAINT "posts_manage_hash_unique" UNIQUE("manage_hash"),
	CONSTRAINT "posts_submit_key_unique" UNIQUE("submit_key"),
	CONSTRAINT "posts_quantity" CHECK (quantity >= 1),
	CONSTRAINT "posts_remaining" CHECK (remaining >= 0 and remaining <= quantity)
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"id" uuid PRIMARY KEY NOT NULL,
	"post_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"offer_id" uuid,
	"quantity" integer NOT NULL,
	"delivered_quantity" integer,
	"status" text DEFAULT 'promised' NOT NULL,
	"eta" timestamp with time zone,
	"due_at" timestamp with time zone NOT NULL,
	"note_sealed" text,
	"release_reason" text,
	"idempotency_key" text NOT NULL,
	"request_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "claims_idempotency" UNIQUE("person_id","idempotency_key"),
	CONSTRAINT "claims_quantity" CHECK (quantity >= 1)
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"type" text NOT NULL,
	"group_id" uuid,
	"post_id" uuid,
	"claim_id" uuid,
	"actor_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"fanned_out_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "delivery_reports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"provider_sid" text NOT NULL,
	"outbox_id" uuid,
	"status" text NOT NULL,
	"error_code" text DEFAULT '' NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "delivery_reports_once" UNIQUE("provider_sid","status","error_code")
);
--> statement-breakpoint
CREATE TABLE "inbound_texts" (
	"message_sid" text PRIMARY KEY NOT NULL,
	"phone_lookup" text NOT NULL,
	"from_sealed" text NOT NULL,
	"body_sealed" text NOT NULL,
	"keyword" text,
	"received_at" timestamp with time zone NOT NULL,
	"handled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dedupe_key" text NOT NULL,
	"event_id" bigint,
	"person_id" uuid NOT NULL,
	"group_id" uuid,
	"template" text NOT NULL,
	"lane" smallint NOT NULL,
	"body_sealed" text,
	"segments" smallint DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"checks" smallint DEFAULT 0 NOT NULL,
	"next_check_at" timestamp with time zone,
	"leased_by" text,
	"lease_until" timestamp with time zone,
	"submit_started_at" timestamp with time zone,
	"provider_sid" text,
	"provider_status" text,
	"status_rank" smallint DEFAULT 0 NOT NULL,
	"error_code" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "outbox_dedupe_key_unique" UNIQUE("dedupe_key"),
	CONSTRAINT "outbox_provider_sid_unique" UNIQUE("provider_sid")
);
--> statement-breakpoint
CREATE TABLE "outbox_attempts" (
	"outbox_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"worker" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"outcome" text,
	"http_status" smallint,
	"error_code" text,
	"provider_sid" text,
	CONSTRAINT "outbox_attempts_outbox_id_attempt_pk" PRIMARY KEY("outbox_id","attempt")
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_codes" ADD CONSTRAINT "sign_in_codes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_people_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_offer_id_posts_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox_attempts" ADD CONSTRAINT "outbox_attempts_outbox_id_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_tokens_person" ON "api_tokens" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "consent_events_latest" ON "consent_events" USING btree ("phone_lookup","id");--> statement-breakpoint
CREATE INDEX "rate_limits_window" ON "rate_limits" USING btree ("window_start");--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sign_in_codes_person" ON "sign_in_codes" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "memberships_alerts" ON "memberships" USING btree ("group_id") WHERE state = 'active' and alerts;--> statement-breakpoint
CREATE INDEX "memberships_group" ON "memberships" USING btree ("group_id","state");--> statement-breakpoint
CREATE INDEX "posts_board" ON "posts" USING btree ("created_at","id") WHERE claimable;--> statement-breakpoint
CREATE INDEX "posts_board_kind" ON "posts" USING btree ("kind","created_at","id") WHERE claimable;--> statement-breakpoint
CREATE INDEX "posts_board_group" ON "posts" USING btree ("group_id","kind","created_at","id") WHERE claimable;--> statement-breakpoint
CREATE INDEX "posts_board_category" ON "posts" USING btree ("category_id","kind","created_at","id") WHERE claimable;--> statement-breakpoint
CREATE INDEX "posts_search" ON "posts" USING gin ("search") WHERE claimable;--> statement-breakpoint
CREATE INDEX "posts_near" ON "posts" USING gist (point(lng, lat)) WHERE claimable;--> statement-breakpoint
CREATE INDEX "posts_author" ON "posts" USING btree ("author_id","created_at");--> statement-breakpoint
CREATE INDEX "posts_covering" ON "posts" USING btree ("group_id","created_at");--> statement-breakpoint
CREATE INDEX "posts_expiry" ON "posts" USING btree ("expires_at") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "posts_reopening" ON "posts" USING btree ("reopens_at") WHERE reopens_at is not null;--> statement-breakpoint
CREATE INDEX "claims_post" ON "claims" USING btree ("post_id","created_at");--> statement-breakpoint
CREATE INDEX "claims_person" ON "claims" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "claims_due" ON "claims" USING btree ("due_at") WHERE status in ('promised', 'on_the_way');--> statement-breakpoint
CREATE INDEX "claims_delivered" ON "claims" USING btree ("updated_at") WHERE status = 'delivered';--> statement-breakpoint
CREATE INDEX "events_waiting" ON "events" USING btree ("id") WHERE fanned_out_at is null;--> statement-breakpoint
CREATE INDEX "events_post" ON "events" USING btree ("post_id","id");--> statement-breakpoint
CREATE INDEX "events_group" ON "events" USING btree ("group_id","id");--> statement-breakpoint
CREATE INDEX "outbox_ready" ON "outbox" USING btree ("lane","not_before","id") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "outbox_leases" ON "outbox" USING btree ("lease_until") WHERE state in ('claimed', 'submitting');--> statement-breakpoint
CREATE INDEX "outbox_checks" ON "outbox" USING btree ("next_check_at") WHERE state = 'uncertain';--> statement-breakpoint
CREATE INDEX "outbox_person" ON "outbox" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "outbox_in_flight" ON "outbox" USING btree ("person_id") WHERE state in ('queued', 'claimed', 'submitting');--> statement-breakpoint
CREATE INDEX "outbox_group" ON "outbox" USING btree ("group_id","created_at");--> statement-breakpoint
-- Room on each page, so that a claim that leaves something over rewrites its row without touching an index.
ALTER TABLE "posts" SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE "outbox" SET (fillfactor = 70);
--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "consent_events_append_only" BEFORE UPDATE OR DELETE ON "consent_events"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
