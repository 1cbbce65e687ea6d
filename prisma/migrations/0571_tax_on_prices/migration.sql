-- Whether the prices of a book hold the tax already, and how high it is in basis points: what is compared is compared without it.
ALTER TABLE "price_books" ADD COLUMN "is_tax_included" BOOLEAN NOT NULL DEFAULT false, ADD COLUMN "tax_bp" INTEGER,
  ADD CONSTRAINT "price_books_tax_check" CHECK (tax_bp BETWEEN 0 AND 10000 AND (NOT is_tax_included OR tax_bp IS NOT NULL));
ALTER TABLE "proposals" ADD COLUMN "is_tax_included" BOOLEAN NOT NULL DEFAULT false, ADD COLUMN "tax_bp" INTEGER,
  ADD CONSTRAINT "proposals_tax_check" CHECK (tax_bp BETWEEN 0 AND 10000 AND (NOT is_tax_included OR tax_bp IS NOT NULL));
