"""Care of customers (关系维护): a line of its own beside follow-ups, by plan and by calendar (R-135–R-146)."""
