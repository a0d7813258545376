DROP INDEX "answer_session";--> statement-breakpoint
ALTER TABLE "answer" DROP CONSTRAINT "answer_key";
--> statement-breakpoint
ALTER TABLE "answer" ADD CONSTRAINT "answer_key" PRIMARY KEY("session_id","participant_id","question_id");