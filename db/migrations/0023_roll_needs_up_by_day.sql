CREATE TABLE "day_marks" (
	"post_id" uuid,
	"group_id" uuid,
	"day" date
);
--> statement-breakpoint
CREATE TABLE "need_days" (
	"group_id" uuid NOT NULL,
	"day" date NOT NULL,
	"asked" integer NOT NULL,
	"fulfilled" integer NOT NULL,
	"met" integer NOT NULL,
	"met7" integer NOT NULL,
	"met14" integer NOT NULL,
	"claimed" "bytea",
	"unclaimed" "bytea",
	"waiting" "bytea",
	"settled" "bytea",
	"ended" "bytea",
	"current" "bytea",
	"heard" "bytea",
	"unheard" "bytea",
	"silent" "bytea",
	"confirmed" integer NOT NULL,
	"delivered" integer NOT NULL,
	"live" integer NOT NULL,
	"released" integer NOT NULL,
	"lapsed" integer NOT NULL,
	"areas" text[],
	"categories" text[],
	"locales" text[],
	"places" text[],
	"spread" "bytea",
	CONSTRAINT "need_days_group_id_day_pk" PRIMARY KEY("group_id","day")
);
--> statement-breakpoint
CREATE TABLE "stale_days" (
	"group_id" uuid NOT NULL,
	"day" date NOT NULL
);
--> statement-breakpoint
ALTER TABLE "day_marks" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);--> statement-breakpoint
-- Durations are not to be pressed together: taking them apart again would cost more than reading them.
ALTER TABLE "need_days" ALTER COLUMN "claimed" SET STORAGE EXTERNAL, ALTER COLUMN "unclaimed" SET STORAGE EXTERNAL,
  ALTER COLUMN "waiting" SET STORAGE EXTERNAL, ALTER COLUMN "settled" SET STORAGE EXTERNAL, ALTER COLUMN "ended" SET STORAGE EXTERNAL,
  ALTER COLUMN "current" SET STORAGE EXTERNAL, ALTER COLUMN "heard" SET STORAGE EXTERNAL, ALTER COLUMN "unheard" SET STORAGE EXTERNAL,
  ALTER COLUMN "silent" SET STORAGE EXTERNAL, ALTER COLUMN "spread" SET STORAGE EXTERNAL;--> statement-breakpoint
-- The day (UTC) a moment lies in, whatever the session's time zone.
CREATE FUNCTION "day_of"(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select (moment at time zone 'UTC')::date
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION "note_post_delta"() RETURNS trigger LANGUAGE plpgsql AS $$
declare
  counts boolean := tg_op <> 'UPDATE' or
    (post_state(old.status, old.remaining, old.quantity), old.group_id, old.category_id, old.kind,
      post_eyes(old.visibility, old.unapproved), old.created_at, old.lat, old.lng)
    is distinct from
    (post_state(new.status, new.remaining, new.quantity), new.group_id, new.category_id, new.kind,
      post_eyes(new.visibility, new.unapproved), new.created_at, new.lat, new.lng);
begin
  if counts and tg_op <> 'INSERT' and old.status <> 'closed' then
    insert into post_deltas values (old.group_id, old.category_id, old.kind, post_eyes(old.visibility, old.unapproved),
      post_state(old.status, old.remaining, old.quantity), hour_of(old.created_at), old.lat, old.lng, -1);
  end if;
  if counts and tg_op <> 'DELETE' and new.status <> 'closed' then
    insert into post_deltas values (new.group_id, new.category_id, new.kind, post_eyes(new.visibility, new.unapproved),
      post_state(new.status, new.remaining, new.quantity), hour_of(new.created_at), new.lat, new.lng, 1);
  end if;
  if tg_op <> 'DELETE' and new.kind = 'need' then
    insert into day_marks (post_id) values (new.id);
  end if;
  if tg_op <> 'INSERT' and old.kind = 'need' and (tg_op = 'DELETE'
    or (old.group_id, old.created_at, old.kind) is distinct from (new.group_id, new.created_at, new.kind)) then
    insert into day_marks (group_id, day) values (old.group_id, day_of(old.created_at));
  end if;
  return null;
end
$$;--> statement-breakpoint
DROP TRIGGER "note_changed_post" ON "posts";--> statement-breakpoint
-- A claim that leaves what a post counts as does not call it.
CREATE TRIGGER "note_changed_post" AFTER UPDATE ON "posts" FOR EACH ROW WHEN (
  (post_state(OLD.status, OLD.remaining, OLD.quantity), OLD.group_id, OLD.category_id, OLD.kind, OLD.visibility, OLD.unapproved,
    OLD.created_at, OLD.lat, OLD.lng, OLD.closed_reason, OLD.closed_at, OLD.first_claimed_at, OLD.locale, OLD.place)
  IS DISTINCT FROM
  (post_state(NEW.status, NEW.remaining, NEW.quantity), NEW.group_id, NEW.category_id, NEW.kind, NEW.visibility, NEW.unapproved,
    NEW.created_at, NEW.lat, NEW.lng, NEW.closed_reason, NEW.closed_at, NEW.first_claimed_at, NEW.locale, NEW.place)
) EXECUTE FUNCTION "note_post_delta"();--> statement-breakpoint
CREATE FUNCTION "note_changed_part"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if tg_op <> 'INSERT' and (tg_op = 'DELETE' or old.post_id <> new.post_id) then
    insert into day_marks (post_id) values (old.post_id);
  end if;
  if tg_op <> 'DELETE' then
    insert into day_marks (post_id) values (new.post_id);
  end if;
  return null;
end
$$;--> statement-breakpoint
CREATE TRIGGER "note_new_claim" AFTER INSERT OR DELETE ON "claims" FOR EACH ROW EXECUTE FUNCTION "note_changed_part"();--> statement-breakpoint
CREATE TRIGGER "note_changed_claim" AFTER UPDATE ON "claims" FOR EACH ROW WHEN ((OLD.status, OLD.post_id) IS DISTINCT FROM (NEW.status, NEW.post_id))
  EXECUTE FUNCTION "note_changed_part"();--> statement-breakpoint
CREATE TRIGGER "note_first_word" AFTER INSERT OR UPDATE OR DELETE ON "first_words" FOR EACH ROW EXECUTE FUNCTION "note_changed_part"();--> statement-breakpoint
-- Worked out by the worker, a few hundred days a second; until then they are read from the posts.
INSERT INTO "stale_days" ("group_id", "day") SELECT DISTINCT group_id, day_of(created_at) FROM "posts" WHERE kind = 'need';
