CREATE TABLE "cell_tallies" (
	"lat" double precision,
	"lng" double precision,
	"group_id" uuid NOT NULL,
	"category_id" uuid,
	"kind" text NOT NULL,
	"eyes" text NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "cell_tallies_cell" UNIQUE NULLS NOT DISTINCT("lat","lng","group_id","kind","eyes","category_id")
);
--> statement-breakpoint
CREATE TABLE "hour_tallies" (
	"group_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "hour_tallies_group_id_hour_pk" PRIMARY KEY("group_id","hour")
);
--> statement-breakpoint
CREATE TABLE "post_deltas" (
	"group_id" uuid NOT NULL,
	"category_id" uuid,
	"kind" text NOT NULL,
	"eyes" text NOT NULL,
	"state" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"lat" double precision,
	"lng" double precision,
	"n" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "post_tallies" (
	"group_id" uuid NOT NULL,
	"category_id" uuid,
	"kind" text NOT NULL,
	"eyes" text NOT NULL,
	"state" text NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "post_tallies_shelf" UNIQUE NULLS NOT DISTINCT("group_id","kind","state","eyes","category_id")
);
--> statement-breakpoint
ALTER TABLE "post_deltas" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);--> statement-breakpoint
-- As what a post counts: null once it is closed.
CREATE FUNCTION "post_state"(status text, remaining integer, quantity integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select case when status = 'in_review' then 'in_review' when status <> 'open' then null
    when remaining = quantity then 'open' when remaining > 0 then 'partly' else 'covered' end
$$;--> statement-breakpoint
-- Whoever sees what was never let up sees what is for the team.
CREATE FUNCTION "post_eyes"(visibility text, unapproved boolean) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select case when unapproved then 'team' else visibility end
$$;--> statement-breakpoint
-- The hour (UTC) a moment lies in, whatever the session's time zone.
CREATE FUNCTION "hour_of"(moment timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select date_bin('1 hour', moment, timestamptz '2000-01-01 00:00:00+00')
$$;--> statement-breakpoint
CREATE FUNCTION "note_post_delta"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if tg_op <> 'INSERT' and old.status <> 'closed' then
    insert into post_deltas values (old.group_id, old.category_id, old.kind, post_eyes(old.visibility, old.unapproved),
      post_state(old.status, old.remaining, old.quantity), hour_of(old.created_at), old.lat, old.lng, -1);
  end if;
  if tg_op <> 'DELETE' and new.status <> 'closed' then
    insert into post_deltas values (new.group_id, new.category_id, new.kind, post_eyes(new.visibility, new.unapproved),
      post_state(new.status, new.remaining, new.quantity), hour_of(new.created_at), new.lat, new.lng, 1);
  end if;
  return null;
end
$$;--> statement-breakpoint
CREATE TRIGGER "note_new_post" AFTER INSERT OR DELETE ON "posts" FOR EACH ROW EXECUTE FUNCTION "note_post_delta"();--> statement-breakpoint
-- A claim that leaves what a post counts as does not call it.
CREATE TRIGGER "note_changed_post" AFTER UPDATE ON "posts" FOR EACH ROW WHEN (
  (post_state(OLD.status, OLD.remaining, OLD.quantity), OLD.group_id, OLD.category_id, OLD.kind,
    post_eyes(OLD.visibility, OLD.unapproved), OLD.created_at, OLD.lat, OLD.lng)
  IS DISTINCT FROM
  (post_state(NEW.status, NEW.remaining, NEW.quantity), NEW.group_id, NEW.category_id, NEW.kind,
    post_eyes(NEW.visibility, NEW.unapproved), NEW.created_at, NEW.lat, NEW.lng)
) EXECUTE FUNCTION "note_post_delta"();--> statement-breakpoint
-- What there is already. The triggers hold off writers until this is done.
INSERT INTO "post_tallies" ("group_id", "category_id", "kind", "eyes", "state", "n")
SELECT group_id, category_id, kind, post_eyes(visibility, unapproved), post_state(status, remaining, quantity), count(*)
FROM "posts" WHERE status <> 'closed' GROUP BY 1, 2, 3, 4, 5;--> statement-breakpoint
INSERT INTO "hour_tallies" ("group_id", "hour", "n")
SELECT group_id, hour_of(created_at), count(*) FROM "posts" WHERE claimable AND kind = 'need' GROUP BY 1, 2;--> statement-breakpoint
INSERT INTO "cell_tallies" ("lat", "lng", "group_id", "category_id", "kind", "eyes", "n")
SELECT lat, lng, group_id, category_id, kind, post_eyes(visibility, unapproved), count(*)
FROM "posts" WHERE claimable GROUP BY 1, 2, 3, 4, 5, 6;
