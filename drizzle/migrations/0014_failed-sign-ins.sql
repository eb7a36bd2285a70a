CREATE TABLE "failed_sign_ins" (
	"key" text PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"address" text,
	"reason" text NOT NULL,
	"pending" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"request_id" text NOT NULL,
	"told_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "failed_sign_ins_by_user" ON "failed_sign_ins" USING btree ("user_id");