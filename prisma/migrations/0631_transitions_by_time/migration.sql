-- What happened in a window, whatever came before it: the nightly leaks read the journeys of their window alone.
CREATE INDEX "stage_transitions_by_time" ON "stage_transitions" (workspace_id, at, journey_id);
