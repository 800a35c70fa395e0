CREATE TABLE "waiting_list" (
	"post_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"quantity" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"offered_at" timestamp with time zone,
	CONSTRAINT "waiting_list_post_id_person_id_pk" PRIMARY KEY("post_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"person_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"claim_id" uuid,
	"asked_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"answer" smallint,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "relay_parties" (
	"relay_id" uuid NOT NULL,
	"side" text NOT NULL,
	"person_id" uuid NOT NULL,
	"sender_id" uuid,
	"open" boolean DEFAULT true NOT NULL,
	"shared_at" timestamp with time zone,
	CONSTRAINT "relay_parties_relay_id_side_pk" PRIMARY KEY("relay_id","side")
);
--> statement-breakpoint
CREATE TABLE "relay_texts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"relay_id" uuid NOT NULL,
	"side" text NOT NULL,
	"body_sealed" text,
	"say_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "relay_texts_say_key_unique" UNIQUE("say_key")
);
--> statement-breakpoint
CREATE TABLE "relays" (
	"id" uuid PRIMARY KEY NOT NULL,
	"claim_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"closed_why" text,
	"reported_at" timestamp with time zone,
	"reported_by" uuid,
	CONSTRAINT "relays_claim_id_unique" UNIQUE("claim_id")
);
--> statement-breakpoint
CREATE TABLE "asks" (
	"post_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"wave" smallint NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"thanked_at" timestamp with time zone,
	CONSTRAINT "asks_post_id_person_id_pk" PRIMARY KEY("post_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "waves" (
	"post_id" uuid PRIMARY KEY NOT NULL,
	"sent" smallint DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "broadcasts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid,
	"author_id" uuid NOT NULL,
	"approved_by" uuid,
	"audience" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"words_sealed" text,
	"state" text DEFAULT 'draft' NOT NULL,
	"recipients" integer DEFAULT 0 NOT NULL,
	"segments" integer DEFAULT 0 NOT NULL,
	"expanded_upto" uuid,
	"expanded" integer DEFAULT 0 NOT NULL,
	"paused_why" text,
	"send_after" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"approved_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "senders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"rate" real NOT NULL,
	"burst" real NOT NULL,
	"daily_cap" integer,
	"time_zone" text NOT NULL,
	"tokens" double precision NOT NULL,
	"refilled_at" timestamp with time zone NOT NULL,
	"day" date,
	"sent_today" integer DEFAULT 0 NOT NULL,
	"paused_until" timestamp with time zone,
	"pause_reason" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "senders_address_unique" UNIQUE("address")
);
--> statement-breakpoint
CREATE TABLE "text_threads" (
	"phone_lookup" text PRIMARY KEY NOT NULL,
	"phone_sealed" text NOT NULL,
	"person_id" uuid,
	"conversation_sealed" text,
	"conversation_expires_at" timestamp with time zone,
	"version" integer DEFAULT 0 NOT NULL,
	"last_heard_at" timestamp with time zone NOT NULL,
	"waiting_since" timestamp with time zone,
	"leased_by" text,
	"lease_until" timestamp with time zone,
	"unread_since" timestamp with time zone,
	"group_id" uuid,
	"post_id" uuid,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "voice_calls" (
	"call_sid" text PRIMARY KEY NOT NULL,
	"phone_lookup" text NOT NULL,
	"from_sealed" text NOT NULL,
	"to_number" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'ringing' NOT NULL,
	"recording_sid" text,
	"recording_seconds" integer,
	"transcript_sealed" text,
	"received_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"handled_at" timestamp with time zone,
	"post_id" uuid
);
--> statement-breakpoint
DROP INDEX "claims_due";--> statement-breakpoint
DROP INDEX "outbox_ready";--> statement-breakpoint
ALTER TABLE "inbound_texts" ALTER COLUMN "body_sealed" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "languages" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "lat" double precision;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "lng" double precision;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "urgent_at_night" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "paused_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "category_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "lapses_at" timestamp with time zone;--> statement-breakpoint
UPDATE "claims" SET "lapses_at" = "due_at";--> statement-breakpoint
ALTER TABLE "claims" ALTER COLUMN "lapses_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "nudge_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "ask_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "receipt_asks" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "inbound_texts" ADD COLUMN "to_number" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "inbound_texts" ADD COLUMN "media" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "inbound_texts" ADD COLUMN "source" text DEFAULT 'webhook' NOT NULL;--> statement-breakpoint
ALTER TABLE "inbound_texts" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "sender_id" uuid;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "broadcast_id" uuid;--> statement-breakpoint
ALTER TABLE "waiting_list" ADD CONSTRAINT "waiting_list_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list" ADD CONSTRAINT "waiting_list_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relay_parties" ADD CONSTRAINT "relay_parties_relay_id_relays_id_fk" FOREIGN KEY ("relay_id") REFERENCES "public"."relays"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relay_parties" ADD CONSTRAINT "relay_parties_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relay_texts" ADD CONSTRAINT "relay_texts_relay_id_relays_id_fk" FOREIGN KEY ("relay_id") REFERENCES "public"."relays"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relays" ADD CONSTRAINT "relays_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relays" ADD CONSTRAINT "relays_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relays" ADD CONSTRAINT "relays_reported_by_people_id_fk" FOREIGN KEY ("reported_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asks" ADD CONSTRAINT "asks_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asks" ADD CONSTRAINT "asks_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waves" ADD CONSTRAINT "waves_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcasts" ADD CONSTRAINT "broadcasts_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcasts" ADD CONSTRAINT "broadcasts_author_id_people_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcasts" ADD CONSTRAINT "broadcasts_approved_by_people_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_threads" ADD CONSTRAINT "text_threads_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_threads" ADD CONSTRAINT "text_threads_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_threads" ADD CONSTRAINT "text_threads_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voice_calls" ADD CONSTRAINT "voice_calls_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "waiting_list_next" ON "waiting_list" USING btree ("post_id","created_at") WHERE offered_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "questions_one_open" ON "questions" USING btree ("person_id","post_id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "questions_expiry" ON "questions" USING btree ("expires_at") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "questions_post" ON "questions" USING btree ("post_id","kind");--> statement-breakpoint
CREATE INDEX "questions_claim" ON "questions" USING btree ("claim_id");--> statement-breakpoint
CREATE INDEX "relay_parties_open" ON "relay_parties" USING btree ("person_id") WHERE open;--> statement-breakpoint
CREATE UNIQUE INDEX "relay_parties_number" ON "relay_parties" USING btree ("person_id","sender_id") WHERE open and sender_id is not null;--> statement-breakpoint
CREATE INDEX "relay_texts_relay" ON "relay_texts" USING btree ("relay_id","created_at");--> statement-breakpoint
CREATE INDEX "relays_post" ON "relays" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "relays_closing" ON "relays" USING btree ("closes_at") WHERE closed_at is null and closes_at is not null;--> statement-breakpoint
CREATE INDEX "relays_reported" ON "relays" USING btree ("reported_at") WHERE reported_at is not null;--> statement-breakpoint
CREATE INDEX "asks_person" ON "asks" USING btree ("person_id","asked_at");--> statement-breakpoint
CREATE INDEX "asks_unanswered" ON "asks" USING btree ("post_id") WHERE answered_at is null and thanked_at is null;--> statement-breakpoint
CREATE INDEX "waves_next" ON "waves" USING btree ("next_at") WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX "broadcasts_group" ON "broadcasts" USING btree ("group_id","created_at");--> statement-breakpoint
CREATE INDEX "broadcasts_sending" ON "broadcasts" USING btree ("created_at") WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX "text_threads_waiting" ON "text_threads" USING btree ("waiting_since") WHERE waiting_since is not null;--> statement-breakpoint
CREATE INDEX "text_threads_unread" ON "text_threads" USING btree ("unread_since") WHERE unread_since is not null;--> statement-breakpoint
CREATE INDEX "text_threads_person" ON "text_threads" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "text_threads_latest" ON "text_threads" USING btree ("last_heard_at");--> statement-breakpoint
CREATE INDEX "voice_calls_phone" ON "voice_calls" USING btree ("phone_lookup","received_at");--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_sender_id_senders_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."senders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claims_lapse" ON "claims" USING btree ("lapses_at") WHERE status in ('promised', 'on_the_way');--> statement-breakpoint
CREATE INDEX "claims_nudge" ON "claims" USING btree ("nudge_at") WHERE nudge_at is not null;--> statement-breakpoint
CREATE INDEX "claims_ask" ON "claims" USING btree ("ask_at") WHERE ask_at is not null;--> statement-breakpoint
CREATE INDEX "inbound_texts_phone" ON "inbound_texts" USING btree ("phone_lookup","received_at");--> statement-breakpoint
CREATE INDEX "inbound_texts_waiting" ON "inbound_texts" USING btree ("phone_lookup","received_at") WHERE handled_at is null;--> statement-breakpoint
CREATE INDEX "outbox_broadcast" ON "outbox" USING btree ("broadcast_id","state") WHERE broadcast_id is not null;--> statement-breakpoint
CREATE INDEX "outbox_ready" ON "outbox" USING btree ("sender_id","lane","not_before","id") WHERE state = 'queued';--> statement-breakpoint
UPDATE "inbound_texts" SET "outcome" = coalesce("keyword", 'inbox'), "handled_at" = coalesce("handled_at", "received_at");
