"""Tiếp nhận: who, what, when - one page from the card to the receipt."""
