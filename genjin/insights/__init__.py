"""What the team did, counted by one definition each, beside what it set out to do."""
