"""Between this desk and its city: days packed and sent, replies, updates that came down."""
