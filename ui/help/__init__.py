"""Help: F1 on the page in front, a tour of the first day, pictures of the window itself."""
