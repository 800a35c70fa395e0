CREATE EXTENSION IF NOT EXISTS btree_gist;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
-- A place in km on a map that keeps angles (Mercator), so that the nearest come first east and north alike: 1 there is 1 km / cos(latitude) apart.
CREATE FUNCTION "spot"(lat double precision, lng double precision) RETURNS point LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  select point(6371 * radians(lng), 6371 * ln(tan(pi() / 4 + radians(greatest(-85, least(85, lat))) / 2)))
$$;--> statement-breakpoint
-- When something is needed or there; without a start or an end it is open on that side. An end before the start ends at once.
CREATE FUNCTION "span"(starts timestamptz, ends timestamptz) RETURNS tstzrange LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select tstzrange(starts, case when ends < starts then starts else ends end, '[]')
$$;--> statement-breakpoint
CREATE TABLE "area_rates" (
	"area" text PRIMARY KEY NOT NULL,
	"needs" integer NOT NULL,
	"answered" integer NOT NULL,
	"rate" real NOT NULL,
	"learned_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "category_fits" (
	"need_category_id" uuid NOT NULL,
	"offer_category_id" uuid NOT NULL,
	"fit" text NOT NULL,
	CONSTRAINT "category_fits_need_category_id_offer_category_id_pk" PRIMARY KEY("need_category_id","offer_category_id"),
	CONSTRAINT "category_fits_other" CHECK (need_category_id <> offer_category_id)
);
--> statement-breakpoint
CREATE TABLE "kept_apart" (
	"person_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"by" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "kept_apart_person_id_other_id_pk" PRIMARY KEY("person_id","other_id"),
	CONSTRAINT "kept_apart_order" CHECK (person_id < other_id)
);
--> statement-breakpoint
CREATE TABLE "match_dismissals" (
	"need_id" uuid NOT NULL,
	"offer_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"by" uuid,
	"at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "match_dismissals_need_id_offer_id_pk" PRIMARY KEY("need_id","offer_id")
);
--> statement-breakpoint
CREATE TABLE "outcome_rates" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"asked" integer NOT NULL,
	"yes" integer NOT NULL,
	"promised" integer NOT NULL,
	"kept" integer NOT NULL,
	"learned_at" timestamp with time zone NOT NULL,
	CONSTRAINT "outcome_rates_scope_key_pk" PRIMARY KEY("scope","key")
);
--> statement-breakpoint
ALTER TABLE "categories" ADD COLUMN "fields" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "learns" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "answers" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "stems" "tsvector" GENERATED ALWAYS AS (case locale when 'es' then to_tsvector('spanish', fold(title || ' ' || coalesce(details, '')))
        when 'ar' then to_tsvector('arabic', fold(title || ' ' || coalesce(details, '')))
        else to_tsvector('english', fold(title || ' ' || coalesce(details, ''))) end) STORED;--> statement-breakpoint
ALTER TABLE "asks" ADD COLUMN "offer_id" uuid;--> statement-breakpoint
ALTER TABLE "asks" ADD COLUMN "km" smallint;--> statement-breakpoint
ALTER TABLE "category_fits" ADD CONSTRAINT "category_fits_need_category_id_categories_id_fk" FOREIGN KEY ("need_category_id") REFERENCES "public"."categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "category_fits" ADD CONSTRAINT "category_fits_offer_category_id_categories_id_fk" FOREIGN KEY ("offer_category_id") REFERENCES "public"."categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kept_apart" ADD CONSTRAINT "kept_apart_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kept_apart" ADD CONSTRAINT "kept_apart_other_id_people_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kept_apart" ADD CONSTRAINT "kept_apart_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_dismissals" ADD CONSTRAINT "match_dismissals_need_id_posts_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_dismissals" ADD CONSTRAINT "match_dismissals_offer_id_posts_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_dismissals" ADD CONSTRAINT "match_dismissals_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "category_fits_offer" ON "category_fits" USING btree ("offer_category_id");--> statement-breakpoint
CREATE INDEX "kept_apart_other" ON "kept_apart" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "match_dismissals_offer" ON "match_dismissals" USING btree ("offer_id");--> statement-breakpoint
ALTER TABLE "asks" ADD CONSTRAINT "asks_offer_id_posts_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."posts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "posts_offers_fitting" ON "posts" USING gist (coalesce(category_id, group_id),spot(lat, lng),span(window_start, window_end)) WHERE claimable and kind = 'offer';--> statement-breakpoint
CREATE INDEX "posts_needs_fitting" ON "posts" USING gist (coalesce(category_id, group_id),spot(lat, lng),span(window_start, window_end)) WHERE claimable and kind = 'need';--> statement-breakpoint
CREATE INDEX "relay_parties_person" ON "relay_parties" USING btree ("person_id");