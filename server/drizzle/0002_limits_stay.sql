ALTER TABLE "limited_sign_in" DROP CONSTRAINT "limited_sign_in_link_id_session_link_id_fk";
--> statement-breakpoint
ALTER TABLE "limited_sign_in" DROP CONSTRAINT "limited_sign_in_session";
