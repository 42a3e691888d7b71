"""The ways a check-up is shown: JSON for programs, text for the terminal, HTML to forward, xlsx to mend."""
