-- Names by the glossary (docs/ARCHITECTURE.md); the audit log keeps the names that it has written.
ALTER TABLE "flows" RENAME TO "endpoints";--> statement-breakpoint
ALTER TABLE "flow_grants" RENAME TO "endpoint_grants";--> statement-breakpoint
ALTER TABLE "credential_handovers" RENAME TO "ownership_transfers";--> statement-breakpoint
ALTER TABLE "sign_in_guards" RENAME TO "lockout_states";--> statement-breakpoint
ALTER TABLE "endpoint_grants" RENAME COLUMN "flow_id" TO "endpoint_id";--> statement-breakpoint
ALTER TABLE "lockout_states" RENAME COLUMN "word_used_at" TO "override_used_at";--> statement-breakpoint
ALTER TABLE "checks" RENAME COLUMN "findings" TO "record";--> statement-breakpoint
ALTER INDEX "credential_handovers_by_recipient" RENAME TO "ownership_transfers_by_recipient";--> statement-breakpoint
ALTER INDEX "credential_handovers_one_open" RENAME TO "ownership_transfers_one_open";--> statement-breakpoint
ALTER INDEX "flow_grants_of_team" RENAME TO "endpoint_grants_of_team";--> statement-breakpoint
ALTER INDEX "flow_grants_of_user" RENAME TO "endpoint_grants_of_user";--> statement-breakpoint
ALTER INDEX "flow_grants_on_flow" RENAME TO "endpoint_grants_on_endpoint";--> statement-breakpoint
ALTER INDEX "flow_grants_one_per_team" RENAME TO "endpoint_grants_one_per_team";--> statement-breakpoint
ALTER INDEX "flow_grants_one_per_user" RENAME TO "endpoint_grants_one_per_user";--> statement-breakpoint
ALTER INDEX "flows_by_credential" RENAME TO "endpoints_by_credential";--> statement-breakpoint
ALTER INDEX "flows_name_per_owner" RENAME TO "endpoints_name_per_owner";--> statement-breakpoint
ALTER INDEX "flows_newest" RENAME TO "endpoints_newest";--> statement-breakpoint
ALTER TABLE "credential_grants" RENAME CONSTRAINT "credential_grants_one_holder" TO "credential_grants_one_grantee";--> statement-breakpoint
ALTER TABLE "ownership_transfers" RENAME CONSTRAINT "credential_handovers_credential_id_credentials_id_fk" TO "ownership_transfers_credential_id_credentials_id_fk";--> statement-breakpoint
ALTER TABLE "ownership_transfers" RENAME CONSTRAINT "credential_handovers_offered_by_users_id_fk" TO "ownership_transfers_offered_by_users_id_fk";--> statement-breakpoint
ALTER TABLE "ownership_transfers" RENAME CONSTRAINT "credential_handovers_pkey" TO "ownership_transfers_pkey";--> statement-breakpoint
ALTER TABLE "ownership_transfers" RENAME CONSTRAINT "credential_handovers_to_user_id_users_id_fk" TO "ownership_transfers_to_user_id_users_id_fk";--> statement-breakpoint
ALTER TABLE "endpoint_grants" RENAME CONSTRAINT "flow_grants_ended_by_users_id_fk" TO "endpoint_grants_ended_by_users_id_fk";--> statement-breakpoint
ALTER TABLE "endpoint_grants" RENAME CONSTRAINT "flow_grants_flow_id_flows_id_fk" TO "endpoint_grants_endpoint_id_endpoints_id_fk";--> statement-breakpoint
ALTER TABLE "endpoint_grants" RENAME CONSTRAINT "flow_grants_granted_by_users_id_fk" TO "endpoint_grants_granted_by_users_id_fk";--> statement-breakpoint
ALTER TABLE "endpoint_grants" RENAME CONSTRAINT "flow_grants_one_holder" TO "endpoint_grants_one_grantee";--> statement-breakpoint
ALTER TABLE "endpoint_grants" RENAME CONSTRAINT "flow_grants_pkey" TO "endpoint_grants_pkey";--> statement-breakpoint
ALTER TABLE "endpoint_grants" RENAME CONSTRAINT "flow_grants_team_id_teams_id_fk" TO "endpoint_grants_team_id_teams_id_fk";--> statement-breakpoint
ALTER TABLE "endpoint_grants" RENAME CONSTRAINT "flow_grants_user_id_users_id_fk" TO "endpoint_grants_user_id_users_id_fk";--> statement-breakpoint
ALTER TABLE "endpoints" RENAME CONSTRAINT "flows_connector" TO "endpoints_connector";--> statement-breakpoint
ALTER TABLE "endpoints" RENAME CONSTRAINT "flows_credential_id_credentials_id_fk" TO "endpoints_credential_id_credentials_id_fk";--> statement-breakpoint
ALTER TABLE "endpoints" RENAME CONSTRAINT "flows_owner_id_users_id_fk" TO "endpoints_owner_id_users_id_fk";--> statement-breakpoint
ALTER TABLE "endpoints" RENAME CONSTRAINT "flows_paused_by_users_id_fk" TO "endpoints_paused_by_users_id_fk";--> statement-breakpoint
ALTER TABLE "endpoints" RENAME CONSTRAINT "flows_pkey" TO "endpoints_pkey";--> statement-breakpoint
ALTER TABLE "lockout_states" RENAME CONSTRAINT "sign_in_guards_base_url_account_pk" TO "lockout_states_base_url_account_pk";--> statement-breakpoint
UPDATE "checks" SET "record" = ("record" - 'rungs') || jsonb_build_object('steps', "record" -> 'rungs') WHERE "record" ? 'rungs';--> statement-breakpoint
UPDATE "checks" SET "record" = ("record" - 'facts') || jsonb_build_object('details', "record" -> 'facts') WHERE "record" ? 'facts';--> statement-breakpoint
-- An outcome is kept an hour for those who wait for it; its steps had another name.
UPDATE "lockout_states" SET "settled_id" = null, "settled_outcome" = null WHERE "settled_outcome" IS NOT NULL;
