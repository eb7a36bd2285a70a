CREATE TABLE "credential_previous_secrets" (
	"credential_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"sealed" "bytea",
	"data_key_id" uuid,
	"method" text NOT NULL,
	"username" text,
	"account_name" text,
	"key_id" text,
	"key_expires_on" date,
	"stored_by_id" uuid,
	"stored_at" timestamp with time zone,
	"kept_until" timestamp with time zone NOT NULL,
	"worked_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"outcome" text,
	CONSTRAINT "credential_previous_secrets_ended" CHECK (num_nulls("credential_previous_secrets"."sealed", "credential_previous_secrets"."data_key_id") in (0, 2)
        and num_nulls("credential_previous_secrets"."ended_at", "credential_previous_secrets"."outcome") in (0, 2)
        and ("credential_previous_secrets"."sealed" is null) = ("credential_previous_secrets"."ended_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "credential_previous_secrets" ADD CONSTRAINT "credential_previous_secrets_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential_previous_secrets" ADD CONSTRAINT "credential_previous_secrets_data_key_id_data_keys_id_fk" FOREIGN KEY ("data_key_id") REFERENCES "public"."data_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential_previous_secrets" ADD CONSTRAINT "credential_previous_secrets_stored_by_id_users_id_fk" FOREIGN KEY ("stored_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "credential_previous_secrets_by_data_key" ON "credential_previous_secrets" USING btree ("data_key_id") WHERE "credential_previous_secrets"."data_key_id" is not null;--> statement-breakpoint
CREATE INDEX "credential_previous_secrets_by_end" ON "credential_previous_secrets" USING btree ("kept_until") WHERE "credential_previous_secrets"."sealed" is not null;