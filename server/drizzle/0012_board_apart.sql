CREATE TABLE "session_board" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"board" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session_transcript" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"lines" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "transcript_lines" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "flagged_question_ids" jsonb;--> statement-breakpoint
INSERT INTO "session_board" SELECT "id", "organisation_id", "board" FROM "session" WHERE "board" IS NOT NULL;--> statement-breakpoint
INSERT INTO "session_transcript" SELECT "id", "organisation_id", "transcript" FROM "session" WHERE jsonb_array_length("transcript") > 0;--> statement-breakpoint
UPDATE "session" SET "transcript_lines" = jsonb_array_length("transcript");--> statement-breakpoint
-- In the board's order, as they were read from it so far.
UPDATE "session" SET "flagged_question_ids" = coalesce((
	SELECT jsonb_agg("ordered"."id" ORDER BY "ordered"."place")
	FROM jsonb_array_elements_text("board"->'order') WITH ORDINALITY AS "ordered"("id", "place")
	WHERE EXISTS (
		SELECT FROM jsonb_array_elements("board"->'questions') AS "question"
		WHERE "question"->>'questionId' = "ordered"."id" AND ("question"->>'flagged')::boolean
	)
), '[]') WHERE "board" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "session_board" ADD CONSTRAINT "session_board_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_transcript" ADD CONSTRAINT "session_transcript_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_flagged" CHECK (("session"."status" in ('draft', 'scoring')) = ("session"."flagged_question_ids" is null));