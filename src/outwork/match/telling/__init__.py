"""A verdict as rows and sentences: tables, evidence, questions, cautions."""
