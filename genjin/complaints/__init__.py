"""Complaints of customers (投诉): each is a case with owner, limit, steps, result and the customer's word (R-149)."""
