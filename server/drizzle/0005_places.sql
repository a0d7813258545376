CREATE TABLE "place_answer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"by_sign_in_id" uuid NOT NULL,
	"by_browser_hash" "bytea" NOT NULL,
	"about_browser_hash" "bytea" NOT NULL,
	"answer" text NOT NULL,
	"afresh" boolean DEFAULT false NOT NULL,
	"answered_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "place_answer_kind" CHECK ("place_answer"."answer" in ('me', 'not-me'))
);
--> statement-breakpoint
CREATE TABLE "place_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"sign_in_id" uuid NOT NULL,
	"browser_hash" "bytea" NOT NULL,
	"device" text NOT NULL,
	"entered_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "place_entry_once" UNIQUE("session_id","member_id","sign_in_id")
);
--> statement-breakpoint
ALTER TABLE "device_request" DROP CONSTRAINT "device_request_state";--> statement-breakpoint
ALTER TABLE "session_link" DROP CONSTRAINT "session_link_owner";--> statement-breakpoint
ALTER TABLE "session_link" DROP CONSTRAINT "session_link_kind";--> statement-breakpoint
ALTER TABLE "device_request" DROP CONSTRAINT "device_request_link_id_session_link_id_fk";
--> statement-breakpoint
ALTER TABLE "device_request" DROP CONSTRAINT "device_request_participant";
--> statement-breakpoint
ALTER TABLE "session_link" DROP CONSTRAINT "session_link_participant";
--> statement-breakpoint
DROP INDEX "session_link_personal";--> statement-breakpoint
DROP INDEX "session_link_living";--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "begun_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "begun_signed_in_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "opened_by_link_at" timestamp(3) with time zone;--> statement-breakpoint
-- Personal links are no way in any more: places they opened are marked, what came by them ends, and they go.
UPDATE "participant" SET "opened_by_link_at" = opened.at FROM (
	SELECT participant_id, min(at) AS at FROM (
		SELECT participant_id, used_at AS at FROM "session_link" WHERE kind = 'personal' AND used_at IS NOT NULL
		UNION ALL SELECT participant_id, asked_at FROM "device_request" WHERE state = 'used'
	) AS every GROUP BY participant_id
) AS opened WHERE opened.participant_id = "participant"."id";--> statement-breakpoint
DELETE FROM "sign_in" USING "limited_sign_in" WHERE "limited_sign_in"."sign_in_id" = "sign_in"."id" AND "limited_sign_in"."link_id" IS NOT NULL;--> statement-breakpoint
DELETE FROM "device_request";--> statement-breakpoint
DELETE FROM "session_link" WHERE kind = 'personal';--> statement-breakpoint
-- What had been begun before this was known is held to have been begun as the session allowed it.
UPDATE "participant" SET "begun_at" = begun.at, "begun_signed_in_at" = begun.at FROM (
	SELECT p.id, coalesce(p.submitted_at, s.scoring_at, s.created_at) AS at FROM "participant" p
	JOIN "session" s ON s.id = p.session_id
	WHERE p.submitted_at IS NOT NULL OR p.answered > 0
		OR EXISTS (SELECT 1 FROM "document" d JOIN "document_update" u ON u.document_id = d.id WHERE d.participant_id = p.id)
		OR EXISTS (SELECT 1 FROM "revote_vote" v WHERE v.participant_id = p.id)
) AS begun WHERE begun.id = "participant"."id";--> statement-breakpoint
ALTER TABLE "place_answer" ADD CONSTRAINT "place_answer_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_entry" ADD CONSTRAINT "place_entry_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "place_answer_place" ON "place_answer" USING btree ("session_id","member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_link_living" ON "session_link" USING btree ("session_id","kind") WHERE "session_link"."revoked_at" is null;--> statement-breakpoint
ALTER TABLE "device_request" DROP COLUMN "link_id";--> statement-breakpoint
ALTER TABLE "device_request" DROP COLUMN "participant_id";--> statement-breakpoint
ALTER TABLE "limited_sign_in" DROP COLUMN "link_id";--> statement-breakpoint
ALTER TABLE "session_link" DROP COLUMN "participant_id";--> statement-breakpoint
ALTER TABLE "session_link" DROP COLUMN "used_at";--> statement-breakpoint
ALTER TABLE "device_request" ADD CONSTRAINT "device_request_state" CHECK ("device_request"."state" in ('asking', 'allowed', 'used'));--> statement-breakpoint
ALTER TABLE "session_link" ADD CONSTRAINT "session_link_kind" CHECK ("session_link"."kind" in ('join', 'display'));