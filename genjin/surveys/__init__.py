"""Satisfaction of customers (满意度): scores that colleagues note or customers give by a link (R-147, R-148, R-154)."""
