ALTER TABLE "sign_in_guards" ADD COLUMN "settled_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "checks_by_age" ON "checks" USING btree ("checked_at");--> statement-breakpoint
CREATE INDEX "sessions_by_end" ON "sessions" USING btree ("expires_at");