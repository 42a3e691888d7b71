"""The entry-cost meter: how long forms take to fill in, added up over a team (R-219, R-253)."""
