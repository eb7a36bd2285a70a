CREATE TABLE "credential_grant_views" (
	"user_id" uuid NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"grant_id" uuid NOT NULL,
	CONSTRAINT "credential_grant_views_grant_id_user_id_pk" PRIMARY KEY("grant_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "endpoint_grant_views" (
	"user_id" uuid NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"grant_id" uuid NOT NULL,
	CONSTRAINT "endpoint_grant_views_grant_id_user_id_pk" PRIMARY KEY("grant_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "credential_grant_views" ADD CONSTRAINT "credential_grant_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential_grant_views" ADD CONSTRAINT "credential_grant_views_grant_id_credential_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."credential_grants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoint_grant_views" ADD CONSTRAINT "endpoint_grant_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoint_grant_views" ADD CONSTRAINT "endpoint_grant_views_grant_id_endpoint_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."endpoint_grants"("id") ON DELETE cascade ON UPDATE no action;