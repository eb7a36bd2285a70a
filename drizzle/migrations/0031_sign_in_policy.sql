CREATE TABLE "sign_in_policies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"base_url" text,
	"passwords" text NOT NULL,
	"keys_must_end" text NOT NULL,
	"longest_days" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sign_in_policies_one_each" UNIQUE NULLS NOT DISTINCT("base_url"),
	CONSTRAINT "sign_in_policies_days" CHECK ("sign_in_policies"."longest_days" is null or ("sign_in_policies"."longest_days" > 0 and "sign_in_policies"."keys_must_end" <> 'no'))
);
