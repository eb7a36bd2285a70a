CREATE TABLE "sign_in_guards" (
	"base_url" text NOT NULL,
	"account" text NOT NULL,
	"refusals" integer DEFAULT 0 NOT NULL,
	"refused_secret" text,
	"refused_reason" text,
	"refused_at" timestamp with time zone,
	"wait_until" timestamp with time zone,
	"wait_reason" text,
	"words_used" integer DEFAULT 0 NOT NULL,
	"lease_id" uuid,
	"lease_secret" text,
	"lease_until" timestamp with time zone,
	"settled_id" uuid,
	"settled_outcome" jsonb,
	CONSTRAINT "sign_in_guards_base_url_account_pk" PRIMARY KEY("base_url","account")
);
