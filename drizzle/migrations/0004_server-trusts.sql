CREATE TABLE "server_trusts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"origin" text NOT NULL,
	"kind" text NOT NULL,
	"pem" text NOT NULL,
	"sha256" text NOT NULL,
	"subject" text NOT NULL,
	"names" text[] NOT NULL,
	"issuer" text NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_by" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "server_trusts_ended_by_somebody" CHECK (("server_trusts"."ended_at" is null) = ("server_trusts"."ended_by" is null))
);
--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "certificate_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "server_trusts" ADD CONSTRAINT "server_trusts_added_by_users_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_trusts" ADD CONSTRAINT "server_trusts_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "server_trusts_one_live" ON "server_trusts" USING btree ("origin","sha256") WHERE "server_trusts"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "server_trusts_by_origin" ON "server_trusts" USING btree ("origin","added_at");