DROP INDEX "session_created";--> statement-breakpoint
DROP INDEX "session_by_status";--> statement-breakpoint
DROP INDEX "session_by_due";--> statement-breakpoint
DROP INDEX "session_by_facilitator";--> statement-breakpoint
DROP INDEX "session_by_client";--> statement-breakpoint
CREATE INDEX "session_by_rank" ON "session" USING btree ("organisation_id",(case "status" when 'draft' then 0 when 'scoring' then 1 when 'review' then 2 when 'resolved' then 3 else 4 end),"id");--> statement-breakpoint
CREATE INDEX "session_created" ON "session" USING btree ("organisation_id","created_at","id");--> statement-breakpoint
CREATE INDEX "session_by_status" ON "session" USING btree ("organisation_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "session_by_due" ON "session" USING btree ("organisation_id",(coalesce("due_at", 'infinity'::timestamptz)),"id");--> statement-breakpoint
CREATE INDEX "session_by_facilitator" ON "session" USING btree ("organisation_id","facilitator_id","created_at","id");--> statement-breakpoint
CREATE INDEX "session_by_client" ON "session" USING btree ("organisation_id","client_id","created_at","id");