CREATE TABLE "audit_heads" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"sequence" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"mac" "bytea" NOT NULL,
	"starts_after" bigint NOT NULL,
	"data_key_id" uuid NOT NULL,
	"head_mac" "bytea" NOT NULL,
	CONSTRAINT "audit_heads_one_row" CHECK ("audit_heads"."only")
);
--> statement-breakpoint
DROP INDEX "audit_events_by_subject";--> statement-breakpoint
ALTER TABLE "audit_events" ALTER COLUMN "id" DROP IDENTITY;--> statement-breakpoint
ALTER TABLE "audit_events" ALTER COLUMN "at" SET DATA TYPE timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "audit_events" ALTER COLUMN "at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "via" text;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "session_id" uuid;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "credential_id" uuid;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "data_key_id" uuid;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "mac" "bytea";--> statement-breakpoint
CREATE INDEX "audit_events_newest" ON "audit_events" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_events" USING btree ("actor_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_event" ON "audit_events" USING btree ("event","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_credential" ON "audit_events" USING btree ("credential_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_subject" ON "audit_events" USING btree ("subject_id","at","id");--> statement-breakpoint
-- What was written before is found in a credential's History too; no UPDATE, which the table refuses.
ALTER TABLE "audit_events" ALTER COLUMN "credential_id" SET DATA TYPE uuid USING
  CASE WHEN "event" LIKE 'credential.%' THEN "subject_id" ELSE ("details"->>'credentialId')::uuid END;
--> statement-breakpoint
CREATE TRIGGER audit_heads_are_not_removed
  BEFORE DELETE ON audit_heads
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
CREATE TRIGGER audit_heads_are_not_truncated
  BEFORE TRUNCATE ON audit_heads
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
