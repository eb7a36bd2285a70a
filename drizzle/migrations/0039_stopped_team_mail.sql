DROP INDEX "credential_search_texts_keys";--> statement-breakpoint
DROP INDEX "endpoint_search_texts_keys";--> statement-breakpoint
ALTER TABLE "team_mail" ADD COLUMN "failing_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "team_mail" ADD COLUMN "stopped_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "credential_search_texts_keys" ON "credential_search_texts" USING gin (search_keys("grantee_id", "search")) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "endpoint_search_texts_keys" ON "endpoint_search_texts" USING gin (search_keys("grantee_id", "search")) WITH (fastupdate=false);