"""Delivery as the vendor documents it: when it tries again, when it gives up, what an outage costs.

Schedules are arithmetic on data, without a clock of their own; what is sent is written in `http`.
"""
