CREATE TABLE "message_attempts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"send_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"status" integer,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "message_sends" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"message_id" uuid,
	"channel" text NOT NULL,
	"webhook_id" uuid,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "message_sends_once_per_channel" UNIQUE("message_id","channel"),
	CONSTRAINT "message_sends_webhook" CHECK (("message_sends"."channel" = 'webhook') = ("message_sends"."webhook_id" is not null)
        and ("message_sends"."message_id" is not null or "message_sends"."webhook_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "endings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"credential_id" uuid,
	"server_id" uuid,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"told_stage" integer,
	CONSTRAINT "endings_credentialId_unique" UNIQUE("credential_id"),
	CONSTRAINT "endings_serverId_unique" UNIQUE("server_id"),
	CONSTRAINT "endings_one_subject" CHECK (num_nonnulls("endings"."credential_id", "endings"."server_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"event_key" text NOT NULL,
	"news" jsonb NOT NULL,
	"credential_id" uuid,
	"endpoint_id" uuid,
	"server_id" uuid,
	"is_in_inbox" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "messages_once_per_event" UNIQUE("user_id","event_key")
);
--> statement-breakpoint
CREATE TABLE "notification_choices" (
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"is_on" boolean NOT NULL,
	CONSTRAINT "notification_choices_user_id_kind_channel_pk" PRIMARY KEY("user_id","kind","channel")
);
--> statement-breakpoint
CREATE TABLE "server_outages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"server_id" uuid NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"address" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"data_key_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"stopped_at" timestamp (3) with time zone,
	"stopped_for" text,
	CONSTRAINT "webhooks_userId_unique" UNIQUE("user_id")
);
--> statement-breakpoint
ALTER TABLE "message_attempts" ADD CONSTRAINT "message_attempts_send_id_message_sends_id_fk" FOREIGN KEY ("send_id") REFERENCES "public"."message_sends"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_attempts" ADD CONSTRAINT "message_attempts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_sends" ADD CONSTRAINT "message_sends_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_sends" ADD CONSTRAINT "message_sends_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_sends" ADD CONSTRAINT "message_sends_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endings" ADD CONSTRAINT "endings_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endings" ADD CONSTRAINT "endings_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_outages" ADD CONSTRAINT "server_outages_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_data_key_id_data_keys_id_fk" FOREIGN KEY ("data_key_id") REFERENCES "public"."data_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_attempts_newest" ON "message_attempts" USING btree ("user_id","at","id");--> statement-breakpoint
CREATE INDEX "message_attempts_by_send" ON "message_attempts" USING btree ("send_id");--> statement-breakpoint
CREATE INDEX "message_sends_due" ON "message_sends" USING btree ("next_at") WHERE "message_sends"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "message_sends_by_age" ON "message_sends" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "message_sends_by_webhook" ON "message_sends" USING btree ("webhook_id") WHERE "message_sends"."webhook_id" is not null;--> statement-breakpoint
CREATE INDEX "endings_by_end" ON "endings" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "messages_newest" ON "messages" USING btree ("user_id","created_at","id") WHERE "messages"."is_in_inbox";--> statement-breakpoint
CREATE INDEX "messages_unread" ON "messages" USING btree ("user_id") WHERE "messages"."read_at" is null and "messages"."is_in_inbox";--> statement-breakpoint
CREATE INDEX "messages_by_age" ON "messages" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "messages_by_credential" ON "messages" USING btree ("credential_id") WHERE "messages"."credential_id" is not null;--> statement-breakpoint
CREATE INDEX "messages_by_endpoint" ON "messages" USING btree ("endpoint_id") WHERE "messages"."endpoint_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "server_outages_one_open" ON "server_outages" USING btree ("server_id") WHERE "server_outages"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "server_outages_by_server" ON "server_outages" USING btree ("server_id","opened_at");--> statement-breakpoint
CREATE INDEX "server_outages_by_end" ON "server_outages" USING btree ("closed_at");--> statement-breakpoint
-- What was known before. A day that a user entered counts until its end.
INSERT INTO "endings" ("credential_id", "ends_at")
  SELECT "id", ("key_expires_on" + 1)::timestamp AT TIME ZONE 'UTC' FROM "credentials" WHERE "key_expires_on" IS NOT NULL;
--> statement-breakpoint
INSERT INTO "endings" ("server_id", "ends_at")
  SELECT "id", "certificate_ends_at" FROM "servers" WHERE "certificate_ends_at" IS NOT NULL;
--> statement-breakpoint
INSERT INTO "server_outages" ("server_id", "opened_at")
  SELECT "id", "unreachable_since" FROM "servers" WHERE "unreachable_since" IS NOT NULL;
