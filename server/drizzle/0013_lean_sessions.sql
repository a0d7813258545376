ALTER TABLE "session" DROP CONSTRAINT "session_board";--> statement-breakpoint
ALTER TABLE "session" DROP COLUMN "transcript";--> statement-breakpoint
ALTER TABLE "session" DROP COLUMN "board";--> statement-breakpoint
ALTER TABLE "session" DROP COLUMN "flagged_count";