-- Who of the customer's side said yes or no on her own page, as she wrote her name.
ALTER TABLE "proposals" ADD COLUMN "answered_name" TEXT;
