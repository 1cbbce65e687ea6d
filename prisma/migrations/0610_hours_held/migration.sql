-- Handoffs that hold hours of customer success: proposed or accepted, of a scenario that takes some before the sale.
CREATE INDEX "handoffs_hold_hours" ON "handoffs" (workspace_id) WHERE state IN ('proposed','accepted') AND scenario IN ('B','C');
