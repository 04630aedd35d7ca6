"""From bytes to a value: strict JSON, the body forms vendors use, and where things stand."""
