CREATE TABLE "team_mail" (
	"id" uuid PRIMARY KEY NOT NULL,
	"team_id" uuid NOT NULL,
	"address" text NOT NULL,
	"set_by_id" uuid NOT NULL,
	"muted_kinds" text[] DEFAULT '{}'::text[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "team_mail_teamId_unique" UNIQUE("team_id")
);
--> statement-breakpoint
ALTER TABLE "message_sends" DROP CONSTRAINT "message_sends_webhook";--> statement-breakpoint
ALTER TABLE "message_sends" ADD COLUMN "team_mail_id" uuid;--> statement-breakpoint
ALTER TABLE "team_mail" ADD CONSTRAINT "team_mail_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_mail" ADD CONSTRAINT "team_mail_set_by_id_users_id_fk" FOREIGN KEY ("set_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_sends" ADD CONSTRAINT "message_sends_team_mail_id_team_mail_id_fk" FOREIGN KEY ("team_mail_id") REFERENCES "public"."team_mail"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_sends_by_team_mail" ON "message_sends" USING btree ("team_mail_id") WHERE "message_sends"."team_mail_id" is not null;--> statement-breakpoint
ALTER TABLE "message_sends" ADD CONSTRAINT "message_sends_team_mail" CHECK (("message_sends"."channel" = 'email' and "message_sends"."team_id" is not null) = ("message_sends"."team_mail_id" is not null));--> statement-breakpoint
ALTER TABLE "message_sends" ADD CONSTRAINT "message_sends_webhook" CHECK (("message_sends"."channel" = 'webhook') = ("message_sends"."webhook_id" is not null)
        and num_nonnulls("message_sends"."message_id", "message_sends"."webhook_id", "message_sends"."team_mail_id") > 0);