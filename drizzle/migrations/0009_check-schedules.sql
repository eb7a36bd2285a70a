CREATE TABLE "check_schedules" (
	"credential_id" uuid PRIMARY KEY NOT NULL,
	"due_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "check_schedules" ADD CONSTRAINT "check_schedules_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "check_schedules_by_due" ON "check_schedules" USING btree ("due_at");--> statement-breakpoint
-- Credentials that are there already are checked by themselves within an hour, not all at once.
INSERT INTO "check_schedules" ("credential_id", "due_at") SELECT "id", now() + random() * interval '1 hour' FROM "credentials";
