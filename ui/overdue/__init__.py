"""Trễ hẹn: apology letters from draft to hand-over."""
