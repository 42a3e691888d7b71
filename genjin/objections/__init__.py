"""Objections of customers (异议): each gets an answer in time and an outcome (R-084, R-085, R-098, R-105)."""
