CREATE TABLE "put_out" (
	"session_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "put_out_key" PRIMARY KEY("session_id","member_id")
);
--> statement-breakpoint
ALTER TABLE "lobby_entry" ADD COLUMN "place_hash" "bytea";--> statement-breakpoint
ALTER TABLE "lobby_entry" ADD COLUMN "answered_by" uuid;--> statement-breakpoint
ALTER TABLE "put_out" ADD CONSTRAINT "put_out_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "put_out" ADD CONSTRAINT "put_out_member" FOREIGN KEY ("organisation_id","member_id") REFERENCES "public"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "put_out_member_index" ON "put_out" USING btree ("member_id","session_id");--> statement-breakpoint
UPDATE "lobby_entry" SET "answered_by" = "admitted"."by_member_id"
FROM (
	SELECT DISTINCT ON ("session_id", "event" ->> 'entryId') "session_id", "event" ->> 'entryId' AS "entry_id", "by_member_id"
	FROM "audit_entry" WHERE "event" ->> 'type' = 'admitted'
	ORDER BY "session_id", "event" ->> 'entryId', "sequence" DESC
) AS "admitted"
WHERE "admitted"."session_id" = "lobby_entry"."session_id"
	AND "admitted"."entry_id" = "lobby_entry"."id"::text
	AND "lobby_entry"."state" = 'admitted';--> statement-breakpoint
WITH "entry" AS (
	DELETE FROM "lobby_entry" WHERE "state" = 'turned-away' RETURNING "member_id"
), "guest" AS (
	DELETE FROM "member" WHERE "guest" AND "id" IN (SELECT "member_id" FROM "entry") RETURNING "user_id"
)
DELETE FROM "user" WHERE "id" IN (SELECT "user_id" FROM "guest");--> statement-breakpoint
WITH "gone" AS (
	UPDATE "member" SET "active" = false
	WHERE "guest"
		AND NOT EXISTS (SELECT 1 FROM "participant" WHERE "participant"."member_id" = "member"."id")
		AND NOT EXISTS (SELECT 1 FROM "observer" WHERE "observer"."member_id" = "member"."id")
		AND NOT EXISTS (SELECT 1 FROM "lobby_entry" WHERE "lobby_entry"."member_id" = "member"."id" AND "lobby_entry"."state" = 'waiting')
	RETURNING "user_id"
)
DELETE FROM "sign_in" WHERE "user_id" IN (SELECT "user_id" FROM "gone");
