CREATE TABLE "audit_inbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"what" text NOT NULL,
	"actor_id" uuid,
	"group_id" uuid,
	"post_id" uuid,
	"subject_id" uuid,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"n" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"what" text NOT NULL,
	"actor_id" uuid,
	"group_id" uuid,
	"post_id" uuid,
	"subject_id" uuid,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "audit_log_group" ON "audit_log" USING btree ("group_id","n");--> statement-breakpoint
CREATE INDEX "audit_log_what" ON "audit_log" USING btree ("what","n");--> statement-breakpoint
CREATE FUNCTION audit_hash(before text, n bigint, at timestamptz, what text, actor uuid, grp uuid, post uuid, subject uuid, detail jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT encode(sha256(convert_to(concat_ws('|', before, n::text, (extract(epoch from at) * 1000000)::bigint::text, what, coalesce(actor::text, '-'),
    coalesce(grp::text, '-'), coalesce(post::text, '-'), coalesce(subject::text, '-'), detail::text), 'UTF8')), 'hex')
$$;
--> statement-breakpoint
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is only ever added to'; END $$;
--> statement-breakpoint
CREATE TRIGGER audit_log_fixed BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_refuse();
--> statement-breakpoint
CREATE TRIGGER audit_log_whole BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
--> statement-breakpoint
CREATE FUNCTION audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_inbox (at, what, actor_id, group_id, post_id, subject_id, detail)
  VALUES (new.at, new.type, new.actor_id, new.group_id, new.post_id,
    coalesce((new.data ->> 'personId')::uuid, (SELECT author_id FROM posts WHERE id = new.post_id)), new.data - 'personId');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER events_audit AFTER INSERT ON events FOR EACH ROW
WHEN (new.type IN ('contact.seen', 'relay.read', 'thread.number_seen', 'posts.exported', 'posts.imported', 'posts.import_undone', 'data.purged',
  'person.erased', 'post.erased', 'person.blocked', 'person.unblocked', 'people.kept_apart', 'group.joined', 'member.role', 'group.changed'))
EXECUTE FUNCTION audit_event();
--> statement-breakpoint
CREATE FUNCTION audit_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_inbox (at, what, actor_id, subject_id)
  SELECT new.created_at, 'session.began', p.id, p.id FROM people p WHERE p.id = new.person_id
    AND (p.is_admin OR EXISTS (SELECT FROM memberships m WHERE m.person_id = p.id AND m.role = 'coordinator' AND m.state = 'active'));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER sessions_audit AFTER INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION audit_session();
--> statement-breakpoint
CREATE FUNCTION audit_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_inbox (at, what, subject_id) VALUES (new.created_at, 'token.made', new.person_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER api_tokens_audit AFTER INSERT ON api_tokens FOR EACH ROW EXECUTE FUNCTION audit_token();
--> statement-breakpoint
CREATE FUNCTION audit_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_inbox (at, what, subject_id, detail) VALUES (now(), 'admin.changed', new.id, jsonb_build_object('admin', new.is_admin));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER people_admin_audit AFTER UPDATE OF is_admin ON people FOR EACH ROW WHEN (old.is_admin IS DISTINCT FROM new.is_admin)
EXECUTE FUNCTION audit_admin();
--> statement-breakpoint
CREATE TRIGGER people_new_admin_audit AFTER INSERT ON people FOR EACH ROW WHEN (new.is_admin) EXECUTE FUNCTION audit_admin();
