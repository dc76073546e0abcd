"""Reports of many: a report for each row of a list, from one template."""
