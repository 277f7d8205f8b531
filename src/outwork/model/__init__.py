"""The vocabulary: tables, programme, horizon, outcome, reason, errors."""
