"""The findings of a report, sent again to see whether they still hold."""
