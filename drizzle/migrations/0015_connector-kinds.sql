ALTER TABLE "servers" DROP CONSTRAINT "servers_baseUrl_unique";--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "kind" text DEFAULT 'bitbucket-server' NOT NULL;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "kind" text DEFAULT 'bitbucket-server' NOT NULL;--> statement-breakpoint
ALTER TABLE "servers" ADD CONSTRAINT "servers_kind_and_base_url" UNIQUE("kind","base_url");--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_kind" CHECK ("credentials"."kind" in ('bitbucket-server'));--> statement-breakpoint
ALTER TABLE "servers" ADD CONSTRAINT "servers_kind" CHECK ("servers"."kind" in ('bitbucket-server'));--> statement-breakpoint
ALTER TABLE "flows" ADD CONSTRAINT "flows_connector" CHECK ("flows"."connector" in ('bitbucket-server'));