ALTER TABLE "message_attempts" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "message_sends" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "webhooks" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "message_attempts" ADD COLUMN "team_id" uuid;--> statement-breakpoint
ALTER TABLE "message_sends" ADD COLUMN "team_id" uuid;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "team_id" uuid;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "team_id" uuid;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "muted_kinds" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "message_attempts" ADD CONSTRAINT "message_attempts_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_sends" ADD CONSTRAINT "message_sends_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_attempts_newest_of_team" ON "message_attempts" USING btree ("team_id","at","id") WHERE "message_attempts"."team_id" is not null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_once_per_event_and_team" UNIQUE("team_id","event_key");--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_teamId_unique" UNIQUE("team_id");--> statement-breakpoint
ALTER TABLE "message_attempts" ADD CONSTRAINT "message_attempts_of_one" CHECK (num_nonnulls("message_attempts"."user_id", "message_attempts"."team_id") = 1);--> statement-breakpoint
ALTER TABLE "message_sends" ADD CONSTRAINT "message_sends_of_one" CHECK (num_nonnulls("message_sends"."user_id", "message_sends"."team_id") = 1);--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_of_one" CHECK (num_nonnulls("messages"."user_id", "messages"."team_id") = 1);--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_of_one" CHECK (num_nonnulls("webhooks"."user_id", "webhooks"."team_id") = 1);