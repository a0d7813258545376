CREATE TABLE "device_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"link_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"device" text NOT NULL,
	"state" text DEFAULT 'asking' NOT NULL,
	"asked_at" timestamp(3) with time zone NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "device_request_secret_unique" UNIQUE("secret_hash"),
	CONSTRAINT "device_request_state" CHECK ("device_request"."state" in ('asking', 'allowed', 'refused', 'used'))
);
--> statement-breakpoint
CREATE TABLE "limited_sign_in" (
	"sign_in_id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"link_id" uuid
);
--> statement-breakpoint
CREATE TABLE "lobby_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"asked_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "lobby_entry_once" UNIQUE("session_id","member_id"),
	CONSTRAINT "lobby_entry_state" CHECK ("lobby_entry"."state" in ('waiting', 'admitted', 'turned-away'))
);
--> statement-breakpoint
CREATE TABLE "observer" (
	"session_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"added_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "observer_key" PRIMARY KEY("session_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "session_link" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"participant_id" uuid,
	"token_hash" "bytea" NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"revoked_at" timestamp(3) with time zone,
	"used_at" timestamp(3) with time zone,
	CONSTRAINT "session_link_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "session_link_kind" CHECK ("session_link"."kind" in ('join', 'display', 'personal')),
	CONSTRAINT "session_link_owner" CHECK (("session_link"."kind" = 'personal') = ("session_link"."participant_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "notification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"by_name" text,
	"at" timestamp(3) with time zone NOT NULL,
	"read_at" timestamp(3) with time zone,
	"once" text NOT NULL,
	CONSTRAINT "notification_once" UNIQUE("member_id","session_id","kind","once")
);
--> statement-breakpoint
CREATE TABLE "notification_choice" (
	"member_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"in_app" boolean NOT NULL,
	CONSTRAINT "notification_choice_key" PRIMARY KEY("member_id","kind")
);
--> statement-breakpoint
CREATE TABLE "revote" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"round" integer NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"opened_at" timestamp(3) with time zone NOT NULL,
	"revealed_at" timestamp(3) with time zone,
	"numbers" jsonb,
	CONSTRAINT "revote_round" UNIQUE("session_id","question_id","round"),
	CONSTRAINT "revote_of_session" UNIQUE("session_id","id"),
	CONSTRAINT "revote_state" CHECK (("revote"."state" = 'revealed') = ("revote"."numbers" is not null))
);
--> statement-breakpoint
CREATE TABLE "revote_vote" (
	"revote_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	"commitment" "bytea" NOT NULL,
	"salt" "bytea",
	"answer" jsonb,
	"voted_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "revote_vote_key" PRIMARY KEY("revote_id","participant_id")
);
--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "guest" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation" ADD COLUMN "guests_allowed" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "names" text DEFAULT 'shown' NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "discussion" jsonb;--> statement-breakpoint
ALTER TABLE "device_request" ADD CONSTRAINT "device_request_link_id_session_link_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."session_link"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_request" ADD CONSTRAINT "device_request_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_request" ADD CONSTRAINT "device_request_participant" FOREIGN KEY ("session_id","participant_id") REFERENCES "public"."participant"("session_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limited_sign_in" ADD CONSTRAINT "limited_sign_in_sign_in_id_sign_in_id_fk" FOREIGN KEY ("sign_in_id") REFERENCES "public"."sign_in"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limited_sign_in" ADD CONSTRAINT "limited_sign_in_link_id_session_link_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."session_link"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limited_sign_in" ADD CONSTRAINT "limited_sign_in_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lobby_entry" ADD CONSTRAINT "lobby_entry_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lobby_entry" ADD CONSTRAINT "lobby_entry_member" FOREIGN KEY ("organisation_id","member_id") REFERENCES "public"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observer" ADD CONSTRAINT "observer_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observer" ADD CONSTRAINT "observer_member" FOREIGN KEY ("organisation_id","member_id") REFERENCES "public"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_link" ADD CONSTRAINT "session_link_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_link" ADD CONSTRAINT "session_link_participant" FOREIGN KEY ("session_id","participant_id") REFERENCES "public"."participant"("session_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification" ADD CONSTRAINT "notification_member" FOREIGN KEY ("organisation_id","member_id") REFERENCES "public"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification" ADD CONSTRAINT "notification_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_choice" ADD CONSTRAINT "notification_choice_member" FOREIGN KEY ("organisation_id","member_id") REFERENCES "public"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revote" ADD CONSTRAINT "revote_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revote_vote" ADD CONSTRAINT "revote_vote_revote" FOREIGN KEY ("session_id","revote_id") REFERENCES "public"."revote"("session_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revote_vote" ADD CONSTRAINT "revote_vote_participant" FOREIGN KEY ("session_id","participant_id") REFERENCES "public"."participant"("session_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_request_session_index" ON "device_request" USING btree ("session_id","state");--> statement-breakpoint
CREATE INDEX "limited_sign_in_session_index" ON "limited_sign_in" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "observer_member_index" ON "observer" USING btree ("member_id","session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_link_living" ON "session_link" USING btree ("session_id","kind") WHERE "session_link"."revoked_at" is null and "session_link"."kind" <> 'personal';--> statement-breakpoint
CREATE UNIQUE INDEX "session_link_personal" ON "session_link" USING btree ("participant_id") WHERE "session_link"."revoked_at" is null and "session_link"."kind" = 'personal';--> statement-breakpoint
CREATE INDEX "notification_inbox" ON "notification" USING btree ("member_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "notification_unread" ON "notification" USING btree ("member_id") WHERE "notification"."read_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "revote_open" ON "revote" USING btree ("session_id") WHERE "revote"."state" = 'open';--> statement-breakpoint
CREATE INDEX "revote_vote_session" ON "revote_vote" USING btree ("session_id");