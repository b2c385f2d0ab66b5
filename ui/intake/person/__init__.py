"""The person on the intake page: who it is, their card, addresses, what is known of them."""
