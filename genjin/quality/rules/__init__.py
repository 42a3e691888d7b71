"""The rules, one file each. `SCORED` are the fourteen of the standard; `HINTS` never count."""
