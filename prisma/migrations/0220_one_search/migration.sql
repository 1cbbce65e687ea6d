-- find_customers answers what these did, and what ranks besides.
DROP FUNCTION app.search_customers(text[], int);
DROP FUNCTION app.search_customers(text, int);
