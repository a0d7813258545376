CREATE TABLE "held_value" (
	"session_id" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"organisation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"member_id" uuid,
	"value" jsonb,
	"salt" "bytea",
	CONSTRAINT "held_value_key" PRIMARY KEY("session_id","hash")
);
--> statement-breakpoint
ALTER TABLE "answer" ALTER COLUMN "comment" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "answer" ADD COLUMN "comment_hash" "bytea";--> statement-breakpoint
ALTER TABLE "answer" ADD COLUMN "comment_salt" "bytea";--> statement-breakpoint
ALTER TABLE "answer" ADD COLUMN "text_hash" "bytea";--> statement-breakpoint
ALTER TABLE "answer" ADD COLUMN "text_salt" "bytea";--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "proof" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "held_value" ADD CONSTRAINT "held_value_session" FOREIGN KEY ("organisation_id","session_id") REFERENCES "public"."session"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "held_value_member" ON "held_value" USING btree ("member_id");--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_proof" CHECK ("session"."proof" in (1, 2));