ALTER TABLE "uploads" ADD COLUMN "notes" jsonb;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "refusal" jsonb;