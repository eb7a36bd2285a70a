CREATE TABLE "credential_avatars" (
	"credential_id" uuid PRIMARY KEY NOT NULL,
	"secret_version" integer NOT NULL,
	"media_type" text NOT NULL,
	"image" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "key_expires_on" date;--> statement-breakpoint
ALTER TABLE "credential_avatars" ADD CONSTRAINT "credential_avatars_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE cascade ON UPDATE no action;