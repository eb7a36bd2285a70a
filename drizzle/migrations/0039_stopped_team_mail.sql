ALTER TABLE "team_mail" ADD COLUMN "failing_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "team_mail" ADD COLUMN "stopped_at" timestamp (3) with time zone;