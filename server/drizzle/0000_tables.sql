CREATE TABLE "account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "answer" (
	"session_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"organisation_id" uuid NOT NULL,
	"answer" jsonb,
	"comment" text NOT NULL,
	"evidence" jsonb NOT NULL,
	CONSTRAINT "answer_key" PRIMARY KEY("participant_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "audit_entry" (
	"session_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"organisation_id" uuid NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"by_member_id" uuid,
	"by_name" text NOT NULL,
	"event" jsonb NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_entry_key" PRIMARY KEY("session_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "client" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "client_name_unique" UNIQUE("organisation_id","name"),
	CONSTRAINT "client_organisation_id" UNIQUE("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "command_reply" (
	"member_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"body_hash" "bytea" NOT NULL,
	"status" integer NOT NULL,
	"reply" jsonb,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "command_reply_key" PRIMARY KEY("member_id","key")
);
--> statement-breakpoint
CREATE TABLE "document" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"participant_id" uuid,
	"kind" text NOT NULL,
	CONSTRAINT "document_kind" CHECK (("document"."kind" = 'sealed') = ("document"."participant_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "document_client" (
	"document_id" uuid NOT NULL,
	"client_id" bigint NOT NULL,
	"member_id" uuid NOT NULL,
	CONSTRAINT "document_client_key" PRIMARY KEY("document_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "document_update" (
	"sequence" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "document_update_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"document_id" uuid NOT NULL,
	"row_id" uuid NOT NULL,
	"snapshot" boolean DEFAULT false NOT NULL,
	"bytes" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"organisation_id" uuid,
	"email" text,
	"roles" text[],
	"access" jsonb,
	"created_by" uuid,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"used_at" timestamp(3) with time zone,
	"revoked_at" timestamp(3) with time zone,
	CONSTRAINT "link_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "link_kind" CHECK ("link"."kind" in ('set-up', 'invitation'))
);
--> statement-breakpoint
CREATE TABLE "lob" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "lob_name_unique" UNIQUE("client_id","name"),
	CONSTRAINT "lob_of_client" UNIQUE("organisation_id","client_id","id")
);
--> statement-breakpoint
CREATE TABLE "member" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"roles" text[] NOT NULL,
	"whole_organisation" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"about" text DEFAULT '' NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_user_unique" UNIQUE("user_id"),
	CONSTRAINT "member_organisation_id" UNIQUE("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "member_grant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"lob_id" uuid
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "participant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"late" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'scoring' NOT NULL,
	"answered" integer DEFAULT 0 NOT NULL,
	"submitted_at" timestamp(3) with time zone,
	"excused_at" timestamp(3) with time zone,
	"excused_reason" text,
	CONSTRAINT "participant_member_once" UNIQUE("session_id","member_id"),
	CONSTRAINT "participant_of_session" UNIQUE("session_id","id"),
	CONSTRAINT "participant_state" CHECK ("participant"."state" in ('scoring', 'submitted', 'excused'))
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limit_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "resolution" (
	"session_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"organisation_id" uuid NOT NULL,
	"agreed" jsonb,
	"cause" text,
	"note_json" jsonb,
	"note_text" text,
	"updated_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "resolution_key" PRIMARY KEY("session_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "scorecard" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"client_id" uuid,
	"lob_id" uuid,
	"archived_at" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scorecard_organisation_id" UNIQUE("organisation_id","id"),
	CONSTRAINT "scorecard_scope" CHECK ("scorecard"."lob_id" is null or "scorecard"."client_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "scorecard_version" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"scorecard_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"content" jsonb NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp(3) with time zone,
	CONSTRAINT "scorecard_version_number" UNIQUE("scorecard_id","version"),
	CONSTRAINT "scorecard_version_organisation_id" UNIQUE("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"status" text NOT NULL,
	"facilitator_id" uuid NOT NULL,
	"name" text NOT NULL,
	"scorecard_version_id" uuid NOT NULL,
	"client_id" uuid,
	"lob_id" uuid,
	"threshold_hundredths" integer NOT NULL,
	"interaction_reference" text,
	"interaction_date" date,
	"recording_url" text,
	"transcript" jsonb NOT NULL,
	"meeting_at" timestamp(3) with time zone,
	"due_at" timestamp(3) with time zone,
	"question_ids" jsonb,
	"agent_name" text,
	"agent_name_hidden" boolean DEFAULT false NOT NULL,
	"change_number" integer DEFAULT 0 NOT NULL,
	"detail_revision" integer DEFAULT 1 NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"board" jsonb,
	"flagged_count" integer,
	"audit_head" "bytea" NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"status_at" timestamp(3) with time zone NOT NULL,
	"scoring_at" timestamp(3) with time zone,
	"review_at" timestamp(3) with time zone,
	"resolved_at" timestamp(3) with time zone,
	"closed_at" timestamp(3) with time zone,
	CONSTRAINT "session_organisation_id" UNIQUE("organisation_id","id"),
	CONSTRAINT "session_scope" CHECK ("session"."lob_id" is null or "session"."client_id" is not null),
	CONSTRAINT "session_status" CHECK ("session"."status" in ('draft', 'scoring', 'review', 'resolved', 'closed')),
	CONSTRAINT "session_threshold" CHECK ("session"."threshold_hundredths" between 0 and 10000),
	CONSTRAINT "session_board" CHECK (("session"."status" in ('draft', 'scoring')) = ("session"."board" is null))
);
--> statement-breakpoint
CREATE TABLE "session_change" (
	"session_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"organisation_id" uuid NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"by_member_id" uuid,
	"events" jsonb NOT NULL,
	"patch" jsonb NOT NULL,
	CONSTRAINT "session_change_key" PRIMARY KEY("session_id","number")
);
--> statement-breakpoint
CREATE TABLE "sign_in" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sign_in_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "submission" (
	"participant_id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	"commitment" "bytea" NOT NULL,
	"salt" "bytea",
	"submitted_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer" ADD CONSTRAINT "answer_participant" FOREIGN KEY ("session_id","participant_id") REFERENCES "public"."participant"("session_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client" ADD CONSTRAINT "client_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_participant" FOREIGN KEY ("session_id","participant_id") REFERENCES "public"."participant"("session_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_client" ADD CONSTRAINT "document_client_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_update" ADD CONSTRAINT "document_update_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lob" ADD CONSTRAINT "lob_client" FOREIGN KEY ("organisation_id","client_id") REFERENCES "public"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_grant" ADD CONSTRAINT "member_grant_member" FOREIGN KEY ("organisation_id","member_id") REFERENCES "public"."member"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_grant" ADD CONSTRAINT "member_grant_client" FOREIGN KEY ("organisation_id","client_id") REFERENCES "public"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_grant" ADD CONSTRAINT "member_grant_lob" FOREIGN KEY ("organisation_id","client_id","lob_id") REFERENCES "public"."lob"("organisation_id","client_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participant" ADD CONSTRAINT "participant_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participant" ADD CONSTRAINT "participant_member" FOREIGN KEY ("organisation_id","member_id") REFERENCES "public"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resolution" ADD CONSTRAINT "resolution_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorecard" ADD CONSTRAINT "scorecard_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorecard" ADD CONSTRAINT "scorecard_client" FOREIGN KEY ("organisation_id","client_id") REFERENCES "public"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorecard" ADD CONSTRAINT "scorecard_lob" FOREIGN KEY ("organisation_id","client_id","lob_id") REFERENCES "public"."lob"("organisation_id","client_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorecard_version" ADD CONSTRAINT "scorecard_version_scorecard" FOREIGN KEY ("organisation_id","scorecard_id") REFERENCES "public"."scorecard"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_facilitator" FOREIGN KEY ("organisation_id","facilitator_id") REFERENCES "public"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_scorecard_version" FOREIGN KEY ("organisation_id","scorecard_version_id") REFERENCES "public"."scorecard_version"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_client" FOREIGN KEY ("organisation_id","client_id") REFERENCES "public"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_lob" FOREIGN KEY ("organisation_id","client_id","lob_id") REFERENCES "public"."lob"("organisation_id","client_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_change" ADD CONSTRAINT "session_change_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in" ADD CONSTRAINT "sign_in_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submission" ADD CONSTRAINT "submission_participant" FOREIGN KEY ("session_id","participant_id") REFERENCES "public"."participant"("session_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "answer_session" ON "answer" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "command_reply_created" ON "command_reply" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "document_sealed_once" ON "document" USING btree ("participant_id") WHERE kind = 'sealed';--> statement-breakpoint
CREATE UNIQUE INDEX "document_notes_once" ON "document" USING btree ("session_id") WHERE kind = 'notes';--> statement-breakpoint
CREATE INDEX "document_update_document" ON "document_update" USING btree ("document_id","sequence");--> statement-breakpoint
CREATE INDEX "member_grant_member_index" ON "member_grant" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "participant_member_index" ON "participant" USING btree ("member_id","session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "scorecard_version_one_draft" ON "scorecard_version" USING btree ("scorecard_id") WHERE published_at is null;--> statement-breakpoint
CREATE INDEX "session_created" ON "session" USING btree ("organisation_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "session_by_status" ON "session" USING btree ("organisation_id","status","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "session_by_name" ON "session" USING btree ("organisation_id",lower("name"),"id");--> statement-breakpoint
CREATE INDEX "session_by_due" ON "session" USING btree ("organisation_id","due_at","id");--> statement-breakpoint
CREATE INDEX "session_by_facilitator" ON "session" USING btree ("organisation_id","facilitator_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "session_by_client" ON "session" USING btree ("organisation_id","client_id","lob_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sign_in_user" ON "sign_in" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "verification" USING btree ("identifier");