ALTER TABLE "people" ADD COLUMN "vouched_at" timestamp with time zone;--> statement-breakpoint
-- Whom a coordinator let in was known to that coordinator: groups that ask for it have no other way in.
UPDATE "memberships" m SET "vetted_at" = m."created_at" FROM "groups" g
  WHERE g."id" = m."group_id" AND g."joining" = 'ask' AND m."state" = 'active' AND m."vetted_at" IS NULL;
