-- A search answers few rows; told so, the planner starts from them instead of walking every journey.
ALTER FUNCTION app.search_customers(text[], int) ROWS 100;
ALTER FUNCTION app.search_customers(text, int) ROWS 100;
