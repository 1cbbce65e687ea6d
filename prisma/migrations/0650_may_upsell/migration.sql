-- Customer success, implementation and service offer more to a customer who bought, when a keeper of members lets them.
ALTER TABLE "members" ADD COLUMN "may_upsell" BOOLEAN NOT NULL DEFAULT false;
